package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import java.time.Instant;

/** A long-lived key as the vault holds it. */
final class HeldKey {
  private final AccessKey key;
  private final Instant added;

  HeldKey(AccessKey key, Instant added) {
    this.key = key;
    this.added = added;
  }

  AccessKey key() {
    return key;
  }

  Instant added() {
    return added;
  }
}
