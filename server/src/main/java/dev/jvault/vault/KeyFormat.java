package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.vault.KeyContent.HeldKey;
import dev.jvault.vault.PendingRotation.MadeKey;
import dev.jvault.vault.PendingRotation.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes stored keys as the content of {@code keys.age}. A file of an earlier version has
 * neither creation times nor rotations; an earlier version skips both.
 */
final class KeyFormat {
  private static final String LIST = "keys";
  private static final String ROTATIONS = "rotations";
  private static final String NAME = "name";
  private static final String ACCESS_KEY_ID = "accessKeyId";
  private static final String SECRET_ACCESS_KEY = "secretAccessKey";
  private static final String ADDED = "added";
  private static final String CREATED = "created";
  private static final String STEP = "step";
  private static final String OLD_ID = "oldAccessKeyId";
  private static final String KNOWN = "knownAccessKeyIds";
  private static final String NOTED = "noted";

  private KeyFormat() {}

  static byte[] write(KeyContent content) {
    Map<String, Collection<Map<String, String>>> lists = new LinkedHashMap<>();
    lists.put(
        LIST,
        content.keys().entrySet().stream()
            .map(key -> entry(key.getKey(), key.getValue()))
            .toList());
    if (!content.rotations().isEmpty()) {
      lists.put(ROTATIONS, content.rotations().stream().map(KeyFormat::entry).toList());
    }
    return VaultJson.write(lists);
  }

  static KeyContent read(byte[] content) throws UnreadableFileException {
    SortedMap<String, HeldKey> keys = new TreeMap<>();
    List<PendingRotation> rotations = new ArrayList<>();
    VaultJson.read(
        content,
        LIST,
        Map.of(
            LIST,
            entry ->
                keys.put(
                    entry.required(NAME),
                    new HeldKey(
                        key(entry),
                        Instant.parse(entry.required(ADDED)),
                        entry.optional(CREATED).map(Instant::parse))),
            ROTATIONS,
            entry -> rotations.add(rotation(entry))));
    return new KeyContent(keys, rotations);
  }

  private static AccessKey key(VaultJson.Entry entry) {
    return new AccessKey(
        entry.required(ACCESS_KEY_ID), Secret.of(entry.required(SECRET_ACCESS_KEY)));
  }

  private static PendingRotation rotation(VaultJson.Entry entry) {
    Optional<MadeKey> made =
        entry.optional(CREATED).map(created -> new MadeKey(key(entry), Instant.parse(created)));
    var rotation =
        new PendingRotation(
            Step.valueOf(entry.required(STEP)),
            entry.required(OLD_ID),
            Set.of(entry.required(KNOWN).split(" ")),
            Instant.parse(entry.required(NOTED)),
            made);
    if (rotation.step() != Step.CREATING && made.isEmpty()) {
      throw new IllegalArgumentException("rotation without its key");
    }
    return rotation;
  }

  private static Map<String, String> entry(String name, HeldKey held) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(NAME, name);
    put(entry, held.key());
    entry.put(ADDED, held.added().toString());
    held.created().ifPresent(created -> entry.put(CREATED, created.toString()));
    return entry;
  }

  private static Map<String, String> entry(PendingRotation rotation) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(STEP, rotation.step().name());
    entry.put(OLD_ID, rotation.oldId());
    entry.put(KNOWN, String.join(" ", rotation.known()));
    entry.put(NOTED, rotation.noted().toString());
    rotation
        .made()
        .ifPresent(made -> {
          put(entry, made.key());
          entry.put(CREATED, made.created().toString());
        });
    return entry;
  }

  private static void put(Map<String, String> entry, AccessKey key) {
    entry.put(ACCESS_KEY_ID, key.accessKeyId());
    entry.put(SECRET_ACCESS_KEY, key.secretAccessKey().reveal());
  }
}
