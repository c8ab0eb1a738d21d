package dev.jvault.credential;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import java.util.Optional;

/** What comes of asking a source for credentials. */
public sealed interface Outcome {
  /** This outcome of a request that the key signed. Names the key if AWS does not know it. */
  default Outcome signedBy(AccessKey key) {
    return this instanceof Denied(Reason reason, String sentence, Optional<String> _, String logged)
            && (reason == Reason.INVALID_KEY || reason == Reason.WRONG_SECRET)
        ? new Denied(reason, sentence, Optional.of(key.accessKeyId()), logged)
        : this;
  }

  /** The source issued credentials. */
  record Issued(SessionCredentials credentials) implements Outcome {}

  /** The user has to do something first. */
  record NeedsPerson(PersonNeed need) implements Outcome {}

  /**
   * Refused: asking again is useless until the user changes something.
   *
   * @param reason what kind of refusal
   * @param sentence what is wrong and what to do next
   * @param unknownKey the id of the access key that AWS does not know; empty for other refusals
   * @param logged the sentence for the log, without what a helper command said
   */
  record Denied(Reason reason, String sentence, Optional<String> unknownKey, String logged)
      implements Outcome {
    /** A refusal that is not about a key by its id. */
    public Denied(Reason reason, String sentence) {
      this(reason, sentence, sentence);
    }

    /** A refusal that may name a key that AWS does not know. */
    public Denied(Reason reason, String sentence, Optional<String> unknownKey) {
      this(reason, sentence, unknownKey, sentence);
    }

    /** A refusal that quotes a helper command. */
    public Denied(Reason reason, String sentence, String logged) {
      this(reason, sentence, Optional.empty(), logged);
    }
  }

  /**
   * No answer this time. Trying again may work.
   *
   * @param kind why not
   * @param sentence what is wrong and what to do next
   * @param logged the sentence for the log, without what a helper command said
   */
  record Unavailable(Kind kind, String sentence, String logged) implements Outcome {
    /** A failure that may be over with the next attempt. */
    public Unavailable(String sentence) {
      this(Kind.PASSING, sentence);
    }

    /** A failure of this kind. */
    public Unavailable(Kind kind, String sentence) {
      this(kind, sentence, sentence);
    }

    /** A passing failure that quotes a helper command. */
    public Unavailable(String sentence, String logged) {
      this(Kind.PASSING, sentence, logged);
    }

    /** The kinds of failure, which differ in how soon the next attempt makes sense. */
    public enum Kind {
      /** The network, a server or a helper command failed. */
      PASSING,
      /** The service has too many requests. */
      THROTTLED,
      /** AWS does not know a key that was added a moment ago. */
      NEW_KEY
    }
  }

  /** The kinds of refusal. */
  enum Reason {
    /** The profile cannot be resolved, or has no key. */
    PROFILE,
    /** The caller may not do this. */
    ACCESS_DENIED,
    /** AWS does not know the key, or does not know it at this endpoint. */
    INVALID_KEY,
    /** AWS knows the key, but its secret is another one. */
    WRONG_SECRET,
    /** The credentials of the hop below have expired. */
    EXPIRED,
    /** The MFA code was refused. */
    MFA_REFUSED
  }
}
