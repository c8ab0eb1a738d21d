package dev.jvault.control;

import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.LoginOptions;
import dev.jvault.sso.LoginResult;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;

/** {@code sso login}: logs in to IAM Identity Center, in the browser or with a device code. */
final class SsoLoginVerb implements Verb {
  private final SsoLogins logins;
  private final SsoSessionOption sessionOption;
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final InstantSource clock;

  SsoLoginVerb(
      SsoLogins logins,
      SsoSessionOption sessionOption,
      Vault vault,
      VaultAccess vaultAccess,
      InstantSource clock) {
    this.logins = logins;
    this.sessionOption = sessionOption;
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    return login(call, sessionOption.of(call));
  }

  /** Logs in to a session, also to one that no config file has yet. */
  Reply login(Call call, SsoSession session) {
    Optional<String> vaultLine = openVault(call);
    LoginOptions options = LoginOptions.usual(session, call.environment().helper());
    Optional<Integer> port = SsoRedirectPort.of(call);
    if (port.isPresent()) {
      options = options.returningTo(port.get());
    }
    if (call.flag("device-code")) {
      options = options.byDeviceCode();
    }
    if (call.flag("no-browser")) {
      options = options.withoutBrowser();
    }
    LoginResult result = logins.login(session, options, call.person(), call.environment().helper());
    return switch (result) {
      case LoginResult.LoggedIn in -> done(call, session, in, vaultLine);
      case LoginResult.Refused(String sentence) -> Reply.failed(ExitCode.DENIED, sentence);
      case LoginResult.Unavailable(String sentence) -> Reply.failed(ExitCode.UNAVAILABLE, sentence);
      case LoginResult.GivenUp(String sentence) -> Reply.failed(ExitCode.PERSON, sentence);
    };
  }

  private Reply done(
      Call call, SsoSession session, LoginResult.LoggedIn in, Optional<String> vaultLine) {
    var lines = new ArrayList<String>();
    vaultLine.ifPresent(lines::add);
    lines.add(
        in.refreshed()
            ? "Logged in to "
                + session.name()
                + "; jvault renews the token until AWS ends the login."
            : "Logged in to "
                + session.name()
                + " for "
                + call.times(clock.instant()).left(in.until())
                + ".");
    Optional<String> shareProblem = call.flag("share") ? logins.share(session) : Optional.empty();
    shareProblem.ifPresent(lines::add);
    String text = String.join("\n", lines);
    return shareProblem.isPresent() ? Reply.failed(ExitCode.PROFILE, text) : Reply.ofMessage(text);
  }

  /** Opens the vault, or creates it; without a vault the login ends with this daemon. */
  private Optional<String> openVault(Call call) {
    if (vault.exists()) {
      vaultAccess.open(call);
      return Optional.empty();
    }
    try {
      return vaultAccess.openOrCreate(call);
    } catch (JvaultException _) {
      return Optional.of("There is no vault, so the login ends with the jvault daemon.");
    }
  }
}
