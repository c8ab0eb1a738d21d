package dev.jvault.control;

import dev.jvault.profile.Hop;
import dev.jvault.profile.ProfileSummary;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.LoginOptions;
import dev.jvault.sso.LoginResult;
import dev.jvault.sso.SsoLogins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sso}: logs in to IAM Identity Center and out of it, and lists the logins. The form's
 * {@code job} says which.
 */
final class SsoVerb implements Verb {
  private final Daemon daemon;
  private final SsoLogins logins;

  SsoVerb(Daemon daemon) {
    this.daemon = daemon;
    this.logins = daemon.sso();
  }

  @Override
  public Reply run(Call call) {
    return switch (call.value("job").orElse("")) {
      case "login" -> login(call);
      case "logout" -> logout(call);
      case "list" -> list(call);
      default ->
          throw new JvaultException(ExitCode.USAGE, "Say `jvault sso login`, `logout` or `list`.");
    };
  }

  private Reply login(Call call) {
    SsoSession session = session(call);
    Optional<String> unkept = openVault(call);
    LoginOptions options = LoginOptions.usual(session, call.environment().helper());
    if (call.flag("device-code")) {
      options = options.byDeviceCode();
    }
    if (call.flag("no-browser")) {
      options = options.withoutBrowser();
    }
    LoginResult result = logins.login(session, options, call.person(), call.environment().helper());
    return switch (result) {
      case LoginResult.LoggedIn in -> done(call, session, in, unkept);
      case LoginResult.Refused(String sentence) -> Reply.failed(ExitCode.DENIED, sentence);
      case LoginResult.Unavailable(String sentence) -> Reply.failed(ExitCode.UNAVAILABLE, sentence);
      case LoginResult.GivenUp(String sentence) -> Reply.failed(ExitCode.PERSON, sentence);
    };
  }

  private Reply done(
      Call call, SsoSession session, LoginResult.LoggedIn in, Optional<String> unkept) {
    Instant now = daemon.clock().instant();
    var said = new ArrayList<String>();
    unkept.ifPresent(said::add);
    said.add(
        in.refreshed()
            ? "Logged in to "
                + session.name()
                + "; the token is renewed by itself until AWS ends the login."
            : "Logged in to "
                + session.name()
                + " for "
                + DurationText.left(in.until(), now)
                + ".");
    Optional<String> unshared = call.flag("share") ? logins.share(session) : Optional.empty();
    unshared.ifPresent(said::add);
    String text = String.join("\n", said);
    return unshared.isPresent() ? Reply.failed(ExitCode.PROFILE, text) : Reply.said(text);
  }

  private Reply logout(Call call) {
    List<SsoSession> sessions =
        call.flag("all")
            ? daemon.profiles().ssoSessions(call.environment())
            : List.of(session(call));
    if (daemon.vault().exists()) {
      ProfileSessions.openVault(daemon, call);
    }
    var said = new ArrayList<String>();
    for (SsoSession session : sessions) {
      SsoLogins.Logout logout = logins.logout(session);
      forgetRoles(session, call);
      if (logout.wasLoggedIn() || !call.flag("all")) {
        said.add(text(session, logout));
      }
    }
    return Reply.said(said.isEmpty() ? "Nobody was logged in." : String.join("\n", said));
  }

  private static String text(SsoSession session, SsoLogins.Logout logout) {
    String text =
        logout.wasLoggedIn()
            ? "Logged out of " + session.name() + "."
            : "jvault had no login to " + session.name() + ".";
    return text
        + logout.trouble().map(trouble -> " AWS was not told: " + trouble).orElse("")
        + (logout.cliStillIn()
            ? " The AWS CLI has a login of its own, which `aws sso logout` ends."
            : "");
  }

  /** What the login has given is of no use to the person any more. */
  private void forgetRoles(SsoSession session, Call call) {
    Set<String> profiles = profiles(session, call);
    int _ =
        daemon
            .sessions()
            .forget(Optional.empty(), call.environment(), profiles::contains, profiles::contains);
    profiles.forEach(daemon.readyFiles()::remove);
  }

  private Set<String> profiles(SsoSession session, Call call) {
    var names = new HashSet<String>();
    for (ProfileSummary profile : daemon.profiles().list(call.environment())) {
      if (profile.problem().isEmpty()
          && daemon.profiles().resolve(profile.name(), call.environment()).bottom()
              instanceof Hop.Sso sso
          && sso.session().name().equals(session.name())) {
        names.add(profile.name());
      }
    }
    return names;
  }

  private Reply list(Call call) {
    boolean open = ProfileSessions.vaultOpens(daemon, call) || !daemon.vault().exists();
    var text =
        new SsoList(
            daemon.profiles().ssoSessions(call.environment()).stream().map(logins::view).toList());
    Reply reply =
        Reply.out(
            call.flag("json") ? text.json() : text.table(call.columns(), daemon.clock().instant()));
    return open ? reply : reply.saying("The vault is locked: jvault's own logins are not shown.");
  }

  /** The session that was named; the only one where none was. */
  private SsoSession session(Call call) {
    Optional<String> name = call.value("session");
    if (name.isPresent()) {
      return daemon.profiles().ssoSession(name.get(), call.environment());
    }
    List<SsoSession> all = daemon.profiles().ssoSessions(call.environment());
    if (all.size() == 1) {
      return all.getFirst();
    }
    throw new JvaultException(
        ExitCode.USAGE,
        all.isEmpty()
            ? "The config file has no [sso-session] and no profile that uses IAM Identity Center; add one"
                + " there, or with `aws configure sso`."
            : "Say which session: "
                + String.join(", ", all.stream().map(SsoSession::name).toList())
                + ".");
  }

  /** Makes a vault where there is none; without one a login is in memory, which is told. */
  private Optional<String> openVault(Call call) {
    if (daemon.vault().exists()) {
      ProfileSessions.openVault(daemon, call);
      return Optional.empty();
    }
    try {
      return Optional.of(new VaultCreation(daemon.vault()).create(call));
    } catch (JvaultException _) {
      return Optional.of("There is no vault, so the login ends with the jvault daemon.");
    }
  }
}
