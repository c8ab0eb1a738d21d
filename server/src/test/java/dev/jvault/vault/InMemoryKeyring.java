package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A keyring in memory. */
public final class InMemoryKeyring implements Keyring {
  private final Map<String, Secret> items = new ConcurrentHashMap<>();

  private volatile boolean locked;
  private Runnable asked = () -> {};
  private Runnable afterWrite = () -> {};

  @Override
  public boolean available(Map<String, String> environment) {
    return true;
  }

  @Override
  public KeyringState state(Map<String, String> environment) {
    return locked ? KeyringState.LOCKED : KeyringState.OPEN;
  }

  /** Locks it; the next reading asks the user, who unlocks it unless this throws. */
  public void lock(Runnable whenAsked) {
    locked = true;
    asked = whenAsked;
  }

  @Override
  public Optional<Secret> read(String account, Map<String, String> environment) {
    if (locked) {
      asked.run();
      locked = false;
    }
    return Optional.ofNullable(items.get(account));
  }

  @Override
  public void write(String account, Secret content, Map<String, String> environment) {
    items.put(account, content);
    afterWrite.run();
  }

  @Override
  public void remove(String account, Map<String, String> environment) {
    items.remove(account);
  }

  /** Runs something after the keyring is written and before the files are. */
  void afterWrite(Runnable event) {
    afterWrite = event;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  void clear() {
    items.clear();
  }

  void replaceAll(Secret content) {
    items.replaceAll((_, _) -> content);
  }
}
