package dev.jvault.rotation;

import dev.jvault.credential.Iam;
import dev.jvault.credential.Iam.Answer.Done;
import dev.jvault.credential.Iam.Answer.Failed;
import dev.jvault.vault.PendingRotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes the key that AWS made for a rotation whose process ended before it had written the key
 * down: nobody has its secret. It is told by its ID, which is new, and by its creation, which falls
 * into the moments of the one request.
 */
final class LostKey {
  /** IAM tells whole seconds, and clocks differ a little. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  /** A request of IAM lasts half a minute at most. */
  private static final Duration AFTER = Duration.ofMinutes(1);

  private final Iam iam;

  LostKey(Iam iam) {
    this.iam = iam;
  }

  /**
   * Deletes it, if AWS made one.
   *
   * @return whether there was one
   * @throws dev.jvault.protocol.JvaultException if AWS does not say so, or does not delete it
   */
  boolean delete(PendingRotation rotation, Iam.Caller caller, KeyInPlace key) {
    return switch (iam.list(caller)) {
      case Failed<List<Iam.ListedKey>> failed -> throw RotationErrors.lost(failed, key);
      case Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed) ->
          listed.stream()
              .filter(one -> isOf(rotation, one))
              .findFirst()
              .map(one -> deleted(one.accessKeyId(), caller, key))
              .orElse(false);
    };
  }

  private boolean deleted(String id, Iam.Caller caller, KeyInPlace key) {
    if (iam.delete(caller, id) instanceof Failed<Iam.Nothing> failed
        && failed.fault() != Iam.Fault.NO_SUCH_KEY) {
      throw RotationErrors.lost(failed, key);
    }
    key.tell(
        "deleted the key %s: an interrupted rotation had made it, and its secret is lost"
            .formatted(id));
    return true;
  }

  private static boolean isOf(PendingRotation rotation, Iam.ListedKey listed) {
    Instant created = listed.created();
    return !rotation.known().contains(listed.accessKeyId())
        && !created.isBefore(rotation.noted().minus(BEFORE))
        && !created.isAfter(rotation.noted().plus(AFTER));
  }
}
