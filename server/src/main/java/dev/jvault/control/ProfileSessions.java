package dev.jvault.control;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
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
    CallerCredentials.prepare(chain, environmentKeys, call);
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
        chain,
        call);
  }

  /**
   * A live session of a chain, whatever it takes.
   *
   * @throws JvaultException where there is none to be had
   */
  SessionCredentials session(Chain chain, Call call) {
    return issued(sessions.obtain(chain, call.environment(), call.person()), chain, call);
  }

  /** The same, and the daemon keeps the profile ready from now on. */
  SessionCredentials keptSession(Chain chain, Call call) {
    SessionCredentials session = session(chain, call);
    sessions.keep(chain.profile());
    return session;
  }

  /**
   * The session of an outcome.
   *
   * @throws JvaultException if it has none; its sentence tells the caller, who need not read again
   *     that AWS does not know the key
   */
  SessionCredentials issued(Outcome outcome, Chain chain, Call call) {
    if (outcome instanceof Outcome.Denied denied && call.flag(Routes.CALLER_TERMINAL)) {
      denied.unknownKey().ifPresent(sessions::refusedKeyTold);
    }
    return OutcomeErrors.issued(outcome, chain.profile());
  }
}
