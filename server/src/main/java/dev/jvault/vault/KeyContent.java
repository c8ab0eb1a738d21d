package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code keys.age} holds: the stored keys by name, and the rotations that have begun. A
 * rotation belongs to the key that is in use; without that key, it is dropped.
 */
record KeyContent(SortedMap<String, HeldKey> keys, List<PendingRotation> rotations) {
  /** No keys. */
  static final KeyContent EMPTY = new KeyContent(new TreeMap<>(), List.of());

  KeyContent {
    keys = Collections.unmodifiableSortedMap(keys);
    var held = keys.values().stream().map(one -> one.key().accessKeyId()).toList();
    rotations = rotations.stream().filter(one -> held.contains(one.idInUse())).toList();
  }

  /**
   * A key with its secret.
   *
   * @param added when it was stored, by this machine's clock
   * @param created when AWS made it, if that is known
   */
  record HeldKey(AccessKey key, Instant added, Optional<Instant> created) {}

  /** The same with a key under a name. */
  KeyContent with(String name, HeldKey key) {
    SortedMap<String, HeldKey> after = new TreeMap<>(keys);
    after.put(name, key);
    return new KeyContent(after, rotations);
  }

  /** The same without the key of a name. */
  KeyContent without(String name) {
    SortedMap<String, HeldKey> after = new TreeMap<>(keys);
    after.remove(name);
    return new KeyContent(after, rotations);
  }

  /** The same with a rotation in place of an earlier state of it. */
  KeyContent with(PendingRotation rotation) {
    List<PendingRotation> after = new ArrayList<>(withoutRotation(rotation.oldId()).rotations);
    after.add(rotation);
    return new KeyContent(keys, after);
  }

  /** The same without the rotation of a key. */
  KeyContent withoutRotation(String oldId) {
    return new KeyContent(
        keys, rotations.stream().filter(one -> !one.oldId().equals(oldId)).toList());
  }

  /** The same with a rotation's new key under each name that the old one has. */
  KeyContent promoted(PendingRotation rotation, Instant now) {
    SortedMap<String, HeldKey> after = new TreeMap<>(keys);
    PendingRotation.MadeKey made = rotation.newKey();
    var held = new HeldKey(made.key(), now, Optional.of(made.created()));
    after.replaceAll((_, one) -> one.key().accessKeyId().equals(rotation.oldId()) ? held : one);
    // The rotation is taken out first: at its earlier step it belongs to the old key.
    return new KeyContent(after, withoutRotation(rotation.oldId()).rotations).with(rotation);
  }
}
