package dev.jvault.control;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.UnlockResult;
import dev.jvault.vault.Vault;
import java.util.Optional;

/** Resolves profiles against the open vault, and obtains their sessions for verbs. */
public final class ProfileSessions {
  private final Daemon daemon;

  ProfileSessions(Daemon daemon) {
    this.daemon = daemon;
  }

  /** What a profile of the caller's means; the vault is opened first, for the names of its keys. */
  Chain resolve(String profile, Call call) {
    openVault(daemon, call);
    Chain chain = daemon.profiles().resolve(profile, call.environment());
    ChainBottom.prepare(chain, daemon.environmentKeys(), call);
    return chain;
  }

  /**
   * A session that leaves as it is, and so lasts for the caller's AWS_MIN_TTL where that asks
   * nobody.
   *
   * @throws JvaultException where there is none to be had
   */
  SessionCredentials fixed(Chain chain, Call call) {
    CallerEnvironment environment = call.environment();
    return issued(
        daemon
            .sessions()
            .obtainLasting(chain, environment, call.person(), Durations.least(environment)),
        chain.profile());
  }

  /**
   * A live session of a chain, whatever it takes.
   *
   * @throws JvaultException where there is none to be had
   */
  SessionCredentials session(Chain chain, Call call) {
    return issued(
        daemon.sessions().obtain(chain, call.environment(), call.person()), chain.profile());
  }

  /** Opens the vault if there is one. */
  static void openVault(Daemon daemon, Call call) {
    CallerEnvironment environment = call.environment();
    boolean shut = !daemon.vault().unlocked();
    if (daemon.vault().exists() && !daemon.sessions().openVault(call.person(), environment)) {
      throw needed(
          daemon.vault().shut() ? new PersonNeed.Unlocking() : new PersonNeed.Passphrase(),
          "vault");
    }
    if (shut) {
      KeychainName.warn(daemon.vault(), call);
    }
  }

  /** The vault that nobody has opened. */
  static JvaultException locked() {
    return needed(new PersonNeed.Passphrase(), "vault");
  }

  /** Opens the vault if there is one and whoever calls can; for what is of use without it too. */
  static boolean vaultOpens(Daemon daemon, Call call) {
    Vault vault = daemon.vault();
    return vault.exists()
        && (vault.unlocked()
            || (call.person().present()
                ? daemon.sessions().openVault(call.person(), call.environment())
                : vault.unlock(Optional.empty(), call.environment().helper())
                    == UnlockResult.OPEN));
  }

  /** The session of an outcome, or the sentence and exit code of any other. */
  static SessionCredentials issued(Outcome outcome, String profile) {
    return switch (outcome) {
      case Outcome.Issued(SessionCredentials session) -> session;
      case Outcome.NeedsPerson(PersonNeed need) -> throw needed(need, profile);
      case Outcome.Denied denied ->
          throw new JvaultException(
              denied.reason() == Outcome.Reason.PROFILE ? ExitCode.PROFILE : ExitCode.DENIED,
              denied.sentence());
      case Outcome.Unavailable unavailable ->
          throw new JvaultException(ExitCode.UNAVAILABLE, unavailable.sentence());
    };
  }

  private static JvaultException needed(PersonNeed need, String profile) {
    return new JvaultException(
        ExitCode.PERSON,
        switch (need) {
          case PersonNeed.MfaCode _ ->
              missing(need)
                  + "give it with --mfa-token, or run `jvault unlock "
                  + profile
                  + "` on a terminal.";
          case PersonNeed.SsoLogin(SsoSession session) ->
              missing(need) + "run `jvault sso login " + session.name() + "` on a terminal.";
          case PersonNeed.Passphrase _ ->
              missing(need) + "set JVAULT_PASSPHRASE_FILE, or run jvault on a terminal.";
          case PersonNeed.Unlocking _ ->
              "The vault was locked by `jvault lock`; run `jvault unlock` to open it.";
        });
  }

  private static String missing(PersonNeed need) {
    String what = need.what();
    return Character.toUpperCase(what.charAt(0))
        + what.substring(1)
        + " is needed and nobody gave it; ";
  }

  /**
   * The region that a command gets: the option's, else the profile's; empty leaves the caller's.
   */
  static Optional<String> region(Chain chain, Call call) {
    return call.value("region")
        .or(chain::region)
        .or(() -> call.environment().get("AWS_REGION"))
        .or(() -> call.environment().get("AWS_DEFAULT_REGION"));
  }
}
