package dev.jvault.credential;

import dev.jvault.secret.SessionCredentials;

/** The closed set of answers of a source. */
public sealed interface Outcome {
  /** Credentials. */
  record Issued(SessionCredentials credentials) implements Outcome {}

  /** Somebody has to do something first. */
  record NeedsPerson(PersonNeed need) implements Outcome {}

  /**
   * Refused for good: asking again changes nothing until somebody changes something.
   *
   * @param reason what kind of refusal
   * @param sentence what is wrong and what to do next
   */
  record Denied(Reason reason, String sentence) implements Outcome {}

  /**
   * No answer this time: trying again may work.
   *
   * @param sentence what is wrong and what to do next
   */
  record Unavailable(String sentence) implements Outcome {}

  /** What kind of refusal. */
  enum Reason {
    /** The profile cannot be resolved, or has no key. */
    PROFILE,
    /** The caller may not do this. */
    ACCESS_DENIED,
    /** AWS does not know the key (any more). */
    INVALID_KEY,
    /** The credentials of the hop below have expired. */
    EXPIRED,
    /** The MFA code was refused. */
    MFA_REFUSED
  }
}
