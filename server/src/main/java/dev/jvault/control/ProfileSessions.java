package dev.jvault.control;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;
import java.time.Duration;

/** Resolves profiles and obtains their sessions for verbs. Safe for many threads. */
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

  /**
   * Resolves a profile of the caller's from its config files as they are now. Opens the vault
   * first, because the names of its keys count.
   *
   * @throws JvaultException if the vault stays locked, or the profile does not resolve
   */
  Chain resolve(String profile, Call call) {
    vaultAccess.open(call);
    Chain chain = profiles.resolveForCommand(profile, call.environment());
    CallerCredentials.prepare(chain, environmentKeys, call);
    return chain;
  }

  /**
   * Opens the vault if its passphrase is in the caller's variables, so that the daemon can serve
   * the grants that programs hold already.
   *
   * @throws JvaultException if that passphrase does not open it
   */
  void openWithGivenPassphrase(Call call) {
    if (call.person().holdsAnswer(Question.Kind.PASSPHRASE)) {
      vaultAccess.open(call);
    }
  }

  /**
   * A session for a caller that cannot refresh it. It lasts for the caller's AWS_MIN_TTL if that
   * needs no question to the user.
   *
   * @throws JvaultException if there is no session
   */
  SessionCredentials fixed(Chain chain, Call call) {
    return lasting(chain, Durations.least(call.environment()), call);
  }

  /**
   * The same with another least life.
   *
   * @throws JvaultException if there is no session
   */
  SessionCredentials lasting(Chain chain, Duration least, Call call) {
    return issued(
        sessions.obtainLasting(chain, call.environment(), call.person(), least), chain, call);
  }

  /**
   * A live session of a chain; asks the user if necessary.
   *
   * @throws JvaultException if there is no session
   */
  SessionCredentials session(Chain chain, Call call) {
    return issued(sessions.obtain(chain, call.environment(), call.person()), chain, call);
  }

  /**
   * The session of an outcome. A caller on a terminal reads the error, so a key that AWS does not
   * know is no longer news to the user.
   *
   * @throws JvaultException if the outcome has no session
   */
  SessionCredentials issued(Outcome outcome, Chain chain, Call call) {
    if (outcome instanceof Outcome.Denied denied && call.flag(Routes.CALLER_TERMINAL)) {
      denied.unknownKey().ifPresent(sessions::refusedKeyTold);
    }
    return OutcomeErrors.issued(outcome, chain.profile());
  }
}
