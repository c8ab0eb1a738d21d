package dev.jvault.credential;

import dev.jvault.profile.MfaDevice;
import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Codes that a person has given and no call has spent yet. AWS takes a code once, so each is handed
 * out once.
 */
public final class MfaCodes {
  private final Map<String, Secret> given = new ConcurrentHashMap<>();

  /** Puts a code down for the next call that wants one of this device. */
  public void give(String serial, Secret code) {
    given.put(serial, code);
  }

  /** Whether a code still lies there. */
  public boolean holds(String serial) {
    return given.containsKey(serial);
  }

  /** Throws an unspent code away. */
  public void discard(String serial) {
    given.remove(serial);
  }

  Optional<Secret> take(MfaDevice device) {
    return Optional.ofNullable(given.remove(device.serial()));
  }
}
