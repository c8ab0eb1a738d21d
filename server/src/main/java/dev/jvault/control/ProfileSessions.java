package dev.jvault.control;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;

/** Resolves profiles against the open vault, and obtains their sessions for verbs. */
final class ProfileSessions {
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final EnvironmentKeys environmentKeys;
  private final Sessions sessions;

  ProfileSessions(
      VaultAccess vaultAccess,
      Profiles profiles,
      EnvironmentKeys environmentKeys,
      Sessions sessions) {
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.environmentKeys = environmentKeys;
    this.sessions = sessions;
  }

  /** What a profile of the caller's means; the vault is opened first, for the names of its keys. */
  Chain resolve(String profile, Call call) {
    vaultAccess.open(call);
    Chain chain = profiles.resolve(profile, call.environment());
    ChainBottom.prepare(chain, environmentKeys, call);
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
        sessions.obtainLasting(chain, environment, call.person(), Durations.least(environment)),
        chain.profile());
  }

  /**
   * A live session of a chain, whatever it takes.
   *
   * @throws JvaultException where there is none to be had
   */
  SessionCredentials session(Chain chain, Call call) {
    return issued(sessions.obtain(chain, call.environment(), call.person()), chain.profile());
  }

  /** The same, and the daemon keeps the profile ready from now on. */
  SessionCredentials keptSession(Chain chain, Call call) {
    SessionCredentials session = session(chain, call);
    sessions.keep(chain.profile());
    return session;
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

  static JvaultException needed(PersonNeed need, String profile) {
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
}
