package dev.jvault.credential;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import java.util.Optional;

/** The closed set of answers of a source. */
public sealed interface Outcome {
  /** The same for a request that this key signed: if AWS does not know it, with the key's id. */
  default Outcome signedBy(AccessKey key) {
    return this instanceof Denied(Reason reason, String sentence, Optional<String> _)
            && reason == Reason.INVALID_KEY
        ? new Denied(reason, sentence, Optional.of(key.accessKeyId()))
        : this;
  }

  /** Credentials. */
  record Issued(SessionCredentials credentials) implements Outcome {}

  /** Somebody has to do something first. */
  record NeedsPerson(PersonNeed need) implements Outcome {}

  /**
   * Refused for good: asking again changes nothing until somebody changes something.
   *
   * @param reason what kind of refusal
   * @param sentence what is wrong and what to do next
   * @param unknownKey the id of the access key that AWS does not know; empty for other refusals
   */
  record Denied(Reason reason, String sentence, Optional<String> unknownKey) implements Outcome {
    /** A refusal that is not about a key by its id. */
    public Denied(Reason reason, String sentence) {
      this(reason, sentence, Optional.empty());
    }
  }

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
