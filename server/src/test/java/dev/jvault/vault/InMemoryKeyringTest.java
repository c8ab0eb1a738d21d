package dev.jvault.vault;

import java.util.Map;

final class InMemoryKeyringTest extends KeyringContract {
  private final Keyring keyring = new InMemoryKeyring();

  @Override
  Keyring keyring() {
    return keyring;
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }
}
