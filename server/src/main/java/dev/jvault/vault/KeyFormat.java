package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and writes stored keys as the content of {@code keys.age}. */
final class KeyFormat {
  private static final String LIST = "keys";
  private static final String NAME = "name";
  private static final String ACCESS_KEY_ID = "accessKeyId";
  private static final String SECRET_ACCESS_KEY = "secretAccessKey";
  private static final String ADDED = "added";

  private KeyFormat() {}

  static byte[] write(SortedMap<String, KeyVault.HeldKey> keys) {
    return VaultJson.write(
        LIST, keys.entrySet().stream().map(key -> entry(key.getKey(), key.getValue())).toList());
  }

  static SortedMap<String, KeyVault.HeldKey> read(byte[] content) throws UnreadableFileException {
    SortedMap<String, KeyVault.HeldKey> keys = new TreeMap<>();
    VaultJson.read(
        content,
        LIST,
        entry -> {
          var key =
              new AccessKey(
                  entry.required(ACCESS_KEY_ID), Secret.of(entry.required(SECRET_ACCESS_KEY)));
          keys.put(
              entry.required(NAME),
              new KeyVault.HeldKey(key, Instant.parse(entry.required(ADDED))));
        });
    return keys;
  }

  private static Map<String, String> entry(String name, KeyVault.HeldKey held) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(NAME, name);
    entry.put(ACCESS_KEY_ID, held.key().accessKeyId());
    entry.put(SECRET_ACCESS_KEY, held.key().secretAccessKey().reveal());
    entry.put(ADDED, held.added().toString());
    return entry;
  }
}
