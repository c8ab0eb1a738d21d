package dev.jvault.rotation;

import dev.jvault.clock.Sleeper;
import dev.jvault.credential.Iam;
import dev.jvault.credential.Iam.Answer;
import dev.jvault.credential.Iam.Answer.Done;
import dev.jvault.credential.Iam.Answer.Failed;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Sts;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.PendingRotation;
import dev.jvault.vault.PendingRotation.MadeKey;
import dev.jvault.vault.PendingRotation.Step;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stored key by a new one of the same user. Each step is written to the vault before it
 * is taken ({@link PendingRotation}), so that a rotation that was killed goes on where it stopped.
 * One process has the vault at a time, so one lock here keeps two rotations of a key apart.
 * Thread-safe; a rotation blocks for some minutes at most.
 */
public final class Rotation {
  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  private static final Duration LIST_LAG = Duration.ofMinutes(10);

  private final Vault vault;
  private final Iam iam;
  private final Sts sts;
  private final InstantSource clock;
  private final Supplier<Duration> skew;
  private final KeyTrial trial;
  private final LostKey lostKey;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * No rotation yet.
   *
   * @param skew how far AWS's clock is ahead of this machine's
   */
  public Rotation(
      Vault vault,
      Iam iam,
      Sts sts,
      InstantSource clock,
      Supplier<Duration> skew,
      Sleeper sleeper) {
    this.vault = vault;
    this.iam = iam;
    this.sts = sts;
    this.clock = clock;
    this.skew = skew;
    this.trial = new KeyTrial(sts, sleeper);
    this.lostKey = new LostKey(iam);
  }

  /**
   * Rotates a key, or goes on with its rotation. The vault must be open and hold the key.
   *
   * @return what was done, for the user
   * @throws JvaultException if it stops; its sentence says where, and how it goes on
   */
  public String run(KeyInPlace key) {
    Optional<PendingRotation> pending = vault.keys().rotation(key.name());
    String lock = pending.map(PendingRotation::oldId).orElseGet(() -> inUse(key).accessKeyId());
    if (!running.add(lock)) {
      throw RotationErrors.busy(key.name());
    }
    try {
      pending.ifPresent(one -> key.tell("going on with the rotation of " + one.oldId()));
      KeyUser user = user(key);
      return finished(
          pending.map(one -> resumed(one, user, key)).orElseGet(() -> begun(user, key)), user, key);
    } finally {
      running.remove(lock);
    }
  }

  /** What {@link #run} would do. Asks AWS, and changes nothing. */
  public String preview(KeyInPlace key) {
    Optional<PendingRotation> pending = vault.keys().rotation(key.name());
    if (pending.isPresent()) {
      return "Would go on with the rotation of %s, the old key of %s, which stopped while %s."
          .formatted(pending.get().oldId(), key.name(), words(pending.get().step()));
    }
    KeyUser user = user(key);
    String id = inUse(key).accessKeyId();
    Answer<List<Iam.ListedKey>> answer = iam.list(caller(user, key));
    if (answer instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)
        && listed.size() > 1) {
      throw twoKeys(listed, user, key);
    }
    String age =
        answer instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)
            ? listed.stream()
                .filter(one -> one.accessKeyId().equals(id))
                .map(one -> ", " + KeyAge.words(one.created(), awsTime()))
                .findFirst()
                .orElse("")
            : "";
    return "Would replace the key %s of %s%s (%s), then make the old one inactive and delete it."
        .formatted(id, String.join(", ", vault.keys().names(id)), age, user.words());
  }

  /** When AWS made a key, if the key itself may ask; never fails. */
  public Optional<Instant> created(AccessKey asked, KeyCheck.Known known, KeyInPlace key) {
    return iam.list(new Iam.Caller(asked, KeyUser.of(known).name(), key.iam()))
            instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)
        ? listed.stream()
            .filter(one -> one.accessKeyId().equals(asked.accessKeyId()))
            .map(Iam.ListedKey::created)
            .findFirst()
        : Optional.empty();
  }

  private PendingRotation begun(KeyUser user, KeyInPlace key) {
    String id = inUse(key).accessKeyId();
    Set<String> known = new HashSet<>(Set.of(id));
    if (iam.list(caller(user, key))
        instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)) {
      if (listed.size() > 1) {
        throw twoKeys(listed, user, key);
      }
      listed.forEach(one -> known.add(one.accessKeyId()));
    }
    return noted(PendingRotation.creating(id, known, awsTime()));
  }

  /** Takes all steps that are left. */
  private String finished(PendingRotation begun, KeyUser user, KeyInPlace key) {
    PendingRotation rotation = begun;
    if (rotation.step() == Step.CREATING) {
      rotation = created(rotation, user, key);
    }
    Duration wait = Duration.ZERO;
    if (rotation.step() == Step.TRYING) {
      wait = trial.known(rotation.newKey().key(), key);
      rotation = rotation.at(Step.DEACTIVATING);
      vault.keys().promote(rotation);
    }
    String id = newId(rotation);
    if (rotation.step() == Step.DEACTIVATING) {
      // Before the old key is inactive, so that no program gets a session of an inactive key.
      key.dropSessions();
      deactivated(rotation, user, key);
      rotation = noted(rotation.at(Step.DELETING));
    }
    deleted(rotation, user, key);
    vault.keys().endRotation(rotation);
    LOG.info("event=key_rotated name=\"{}\" old={} new={}", key.name(), rotation.oldId(), id);
    return "Replaced the key %s of %s by %s, which AWS knew %s; the old key is deleted."
        .formatted(
            rotation.oldId(),
            String.join(", ", vault.keys().names(id)),
            id,
            wait.isZero() ? "at once" : "after " + wait.toSeconds() + " s");
  }

  /** A rotation that was interrupted, ready to go on. */
  private PendingRotation resumed(PendingRotation rotation, KeyUser user, KeyInPlace key) {
    return switch (rotation.step()) {
      case CREATING -> {
        // AWS may have made a key that no file has.
        boolean _ = lostKey.delete(rotation, caller(user, key), key);
        vault.keys().endRotation(rotation);
        yield begun(user, key);
      }
      case TRYING -> {
        if (!isGone(rotation, user, key)) {
          yield rotation;
        }
        key.tell("the new key %s is no longer in IAM".formatted(newId(rotation)));
        vault.keys().endRotation(rotation);
        yield begun(user, key);
      }
      case DEACTIVATING, DELETING -> rotation;
    };
  }

  /** Whether a new key was deleted before it was in use. IAM's list may lag behind for a while. */
  private boolean isGone(PendingRotation rotation, KeyUser user, KeyInPlace key) {
    return rotation.noted().plus(LIST_LAG).isBefore(awsTime())
        && iam.list(caller(user, key))
            instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)
        && listed.stream().noneMatch(one -> one.accessKeyId().equals(newId(rotation)));
  }

  private static String newId(PendingRotation rotation) {
    return rotation.newKey().key().accessKeyId();
  }

  private PendingRotation created(PendingRotation rotation, KeyUser user, KeyInPlace key) {
    Iam.Caller caller = caller(user, key);
    Answer<Iam.NewKey> answer = iam.create(caller);
    // The SDK repeats a request whose answer was lost, so the second key may be the first one.
    if (answer instanceof Failed<Iam.NewKey> failed
        && failed.fault() == Iam.Fault.TWO_KEYS
        && iam.list(caller) instanceof Done<List<Iam.ListedKey>>
        && lostKey.delete(rotation, caller, key)) {
      answer = iam.create(caller);
    }
    return switch (answer) {
      case Done<Iam.NewKey>(Iam.NewKey(AccessKey made, Instant created)) -> {
        Instant when = created.equals(Instant.EPOCH) ? awsTime() : created;
        PendingRotation next = noted(rotation.trying(new MadeKey(made, when)));
        key.tell("AWS has made the key " + made.accessKeyId());
        yield next;
      }
      case Failed<Iam.NewKey> failed -> throw notCreated(failed, rotation, user, key);
    };
  }

  private JvaultException notCreated(
      Failed<Iam.NewKey> failed, PendingRotation rotation, KeyUser user, KeyInPlace key) {
    if (failed.fault() != Iam.Fault.UNAVAILABLE) {
      vault.keys().endRotation(rotation);
    }
    if (failed.fault() == Iam.Fault.TWO_KEYS) {
      return iam.list(caller(user, key))
              instanceof Done<List<Iam.ListedKey>>(List<Iam.ListedKey> listed)
          ? twoKeys(listed, user, key)
          : RotationErrors.twoUnknownKeys(user.words(), key);
    }
    return RotationErrors.step(failed, "The key %s stays in use.".formatted(rotation.oldId()), key);
  }

  private void deactivated(PendingRotation rotation, KeyUser user, KeyInPlace key) {
    Iam.Caller caller = caller(user, key);
    if (trial.patiently(() -> iam.deactivate(caller, rotation.oldId()), key)
            instanceof Failed<Iam.Nothing> failed
        && failed.fault() != Iam.Fault.NO_SUCH_KEY) {
      throw RotationErrors.step(failed, holds(rotation, "still active"), key);
    }
    key.tell("the key " + rotation.oldId() + " is inactive");
  }

  private void deleted(PendingRotation rotation, KeyUser user, KeyInPlace key) {
    Iam.Caller caller = caller(user, key);
    if (trial.patiently(() -> iam.delete(caller, rotation.oldId()), key)
            instanceof Failed<Iam.Nothing> failed
        && failed.fault() != Iam.Fault.NO_SUCH_KEY) {
      throw RotationErrors.step(failed, holds(rotation, "inactive, but not deleted"), key);
    }
  }

  private static String holds(PendingRotation rotation, String old) {
    return "The new key %s is in use; the old key %s is %s."
        .formatted(newId(rotation), rotation.oldId(), old);
  }

  private KeyUser user(KeyInPlace key) {
    AccessKey inUse = inUse(key);
    return switch (sts.whose(inUse, key.sts())) {
      case KeyCheck.Known known -> KeyUser.of(known);
      case KeyCheck.UnknownId _, KeyCheck.WrongSecret _ ->
          throw new JvaultException(
              ExitCode.DENIED,
              "AWS does not accept the key %1$s of %2$s: it was deactivated or deleted, or its secret is another one. Make a key in IAM and store it with `jvault add --replace %2$s`."
                  .formatted(inUse.accessKeyId(), key.name()));
      case KeyCheck.Unchecked(String sentence) ->
          throw new JvaultException(
              ExitCode.UNAVAILABLE, "AWS does not say whose the key is: " + sentence);
    };
  }

  private JvaultException twoKeys(List<Iam.ListedKey> listed, KeyUser user, KeyInPlace key) {
    return RotationErrors.twoKeys(user.words(), listed, vault.keys()::names, awsTime(), key);
  }

  private PendingRotation noted(PendingRotation rotation) {
    vault.keys().note(rotation);
    return rotation;
  }

  private Iam.Caller caller(KeyUser user, KeyInPlace key) {
    return new Iam.Caller(key.signer(), user.name(), key.iam());
  }

  private AccessKey inUse(KeyInPlace key) {
    return vault
        .keys()
        .find(key.name())
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PROFILE, "There is no key for %s in the vault.".formatted(key.name())));
  }

  private Instant awsTime() {
    return clock.instant().plus(skew.get());
  }

  private static String words(Step step) {
    return switch (step) {
      case CREATING -> "AWS made the new one";
      case TRYING -> "the new one was tried";
      case DEACTIVATING -> "it was made inactive";
      case DELETING -> "it was deleted";
    };
  }
}
