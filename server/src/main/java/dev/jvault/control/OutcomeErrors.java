package dev.jvault.control;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;

/** Turns outcomes without credentials into the errors that end a verb. */
final class OutcomeErrors {
  private OutcomeErrors() {}

  /**
   * The session of an outcome.
   *
   * @throws JvaultException with the outcome's sentence and exit code if it has none
   */
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

  /** The error for a call that needs the user, who is not there or gave no answer. */
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
          case PersonNeed.Keyring _ ->
              "The keyring is locked and was not unlocked; unlock it (log in to the desktop, or open"
                  + " its password manager) and try again.";
          case PersonNeed.Unlocking _ ->
              "The vault was locked by `jvault lock`; run `jvault unlock` to open it.";
        });
  }

  private static String missing(PersonNeed need) {
    String what = need.what();
    return Character.toUpperCase(what.charAt(0))
        + what.substring(1)
        + " is needed and was not given; ";
  }
}
