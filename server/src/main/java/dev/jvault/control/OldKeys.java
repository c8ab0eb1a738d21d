package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.rotation.KeyAge;
import dev.jvault.vault.KeyVault;
import dev.jvault.vault.Vault;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The part of {@code status} that is about stored keys that are older than they should be. */
final class OldKeys {
  /** Days; 0 for no limit. */
  static final String LIMIT = "JVAULT_KEY_MAX_AGE";

  private static final int USUAL = 90;

  private final Vault vault;
  private final InstantSource clock;

  OldKeys(Vault vault, InstantSource clock) {
    this.vault = vault;
    this.clock = clock;
  }

  /** One line for each old key. */
  List<String> lines(CallerEnvironment environment) {
    Instant now = clock.instant();
    return old(environment).stream()
        .map(key ->
            "%s of %s is %s%s; `jvault rotate %s` replaces it"
                .formatted(
                    key.accessKeyId(),
                    key.name(),
                    key.created().isPresent() ? "" : "at least ",
                    KeyAge.words(key.since(), now),
                    key.name()))
        .toList();
  }

  /** The same as a JSON member. */
  void json(JsonWriter json, CallerEnvironment environment) {
    json.name("oldKeys");
    json.beginArray();
    for (KeyVault.KeyInfo key : old(environment)) {
      json.beginObject();
      JsonText.member(json, "name", key.name());
      JsonText.member(json, "accessKeyId", key.accessKeyId());
      JsonText.time(json, "since", key.since());
      json.endObject();
    }
    json.endArray();
  }

  private List<KeyVault.KeyInfo> old(CallerEnvironment environment) {
    int limit =
        environment
            .get(LIMIT)
            .filter(text -> text.matches("[0-9]{1,5}"))
            .map(Integer::valueOf)
            .orElse(USUAL);
    return limit == 0 || !vault.exists() || !vault.unlocked()
        ? List.of()
        : vault.keys().list().stream()
            .filter(key -> KeyAge.days(key.since(), clock.instant()) > limit)
            .toList();
  }
}
