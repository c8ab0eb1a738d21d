package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How far the rotation of a stored key has come. It is written before each step is taken, so that
 * another process can go on after a kill.
 *
 * @param step what is being done, or was done last
 * @param oldId the access key ID that is replaced
 * @param known the IDs that the user had before the new key was made, with {@code oldId}
 * @param noted when the new key was about to be made, by AWS's clock
 * @param made the new key, once AWS has made it
 */
public record PendingRotation(
    Step step, String oldId, Set<String> known, Instant noted, Optional<MadeKey> made) {
  /** Copies the set. */
  public PendingRotation {
    known = Set.copyOf(known);
  }

  /** The steps, in order. */
  public enum Step {
    /** AWS is asked for a new key. After a kill, the secret of a new key may be lost. */
    CREATING,
    /** The new key is stored beside the old one, and tried. The old one is in use. */
    TRYING,
    /** The new key is in use, and the old one is made inactive. */
    DEACTIVATING,
    /** The old key is inactive, and deleted. */
    DELETING
  }

  /**
   * A key that AWS has made for a rotation.
   *
   * @param created when, by AWS's clock
   */
  public record MadeKey(AccessKey key, Instant created) {}

  /** A rotation that is about to ask for a new key. */
  public static PendingRotation creating(String oldId, Set<String> known, Instant noted) {
    return new PendingRotation(Step.CREATING, oldId, known, noted, Optional.empty());
  }

  /** The same rotation, with the new key. */
  public PendingRotation trying(MadeKey key) {
    return new PendingRotation(Step.TRYING, oldId, known, noted, Optional.of(key));
  }

  /** The same rotation, at a later step. */
  public PendingRotation at(Step later) {
    return new PendingRotation(later, oldId, known, noted, made);
  }

  /** The ID of the key that the vault gives out at this step. */
  public String idInUse() {
    return switch (step) {
      case CREATING, TRYING -> oldId;
      case DEACTIVATING, DELETING -> newKey().key().accessKeyId();
    };
  }

  /**
   * The new key.
   *
   * @throws IllegalStateException if AWS has made none yet
   */
  public MadeKey newKey() {
    return made.orElseThrow(() -> new IllegalStateException("there is no new key yet"));
  }
}
