package dev.jvault.vault;

import com.github.javakeyring.KeyringStorageType;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;

/**
 * The keyring of the operating system: macOS Keychain, Secret Service or KWallet. Each call opens a
 * connection of its own, so that an idle daemon holds none.
 */
final class OsKeyring implements Keyring {
  /** The user needs time to find and type a password. */
  private static final Duration UNLOCK_LIMIT = Duration.ofSeconds(60);

  private static final String SOCKET = "unix:path=";

  private final KeyringExecutor executor = new KeyringExecutor(UNLOCK_LIMIT.plusSeconds(20));
  private final boolean mac;

  OsKeyring(String osName) {
    mac = osName.startsWith("Mac");
  }

  @Override
  public boolean available(Map<String, String> environment) {
    try {
      return Boolean.TRUE.equals(executor.run(() -> reachable(environment)));
    } catch (JvaultException e) {
      return false;
    }
  }

  @Override
  public KeyringState state(Map<String, String> environment) {
    if (mac) {
      return KeyringState.OPEN;
    }
    Optional<String> bus = bus(environment);
    if (bus.isEmpty()) {
      return KeyringState.NO_SESSION;
    }
    // Not by the executor: a keyring that hangs must not keep the vault waiting.
    try (var service = SecretService.connect(bus.get())) {
      return switch (service.defaultCollection()) {
        case OPEN -> KeyringState.OPEN;
        case LOCKED -> KeyringState.LOCKED;
        case NONE -> KeyringState.NO_COLLECTION;
        case NO_SERVICE -> available(environment) ? KeyringState.OPEN : KeyringState.ABSENT;
      };
    } catch (DBusException e) {
      return KeyringState.NO_ANSWER;
    }
  }

  @Override
  public Optional<Secret> read(String account, Map<String, String> environment) {
    return Optional.ofNullable(
            executor.run(() -> open(environment, keyring -> JavaKeyring.get(keyring, account))))
        .map(Secret::of);
  }

  @Override
  public void write(String account, Secret content, Map<String, String> environment) {
    String readBack =
        executor.run(() ->
            open(
                environment,
                keyring -> {
                  keyring.setPassword(JavaKeyring.SERVICE, account, content.reveal());
                  return JavaKeyring.get(keyring, account);
                }));
    // java-keyring does not report that a Secret Service refuses to store.
    if (readBack == null || !Secret.of(readBack).equals(content)) {
      throw JavaKeyring.trouble(
          "The keyring did not store the vault's key" + JavaKeyring.INSTEAD + ".", null);
    }
  }

  @Override
  public void remove(String account, Map<String, String> environment) {
    executor.run(() ->
        open(
            environment,
            keyring -> {
              if (JavaKeyring.get(keyring, account) != null) {
                keyring.deletePassword(JavaKeyring.SERVICE, account);
              }
              return account;
            }));
  }

  private boolean reachable(Map<String, String> environment) throws DBusException {
    if (mac) {
      return true;
    }
    Optional<String> bus = bus(environment);
    if (bus.isEmpty()) {
      return false;
    }
    try (var service = SecretService.connect(bus.get())) {
      return switch (service.defaultCollection()) {
        case OPEN, LOCKED -> true;
        case NONE -> false;
        case NO_SERVICE ->
            JavaKeyring.use(KeyringStorageType.KWALLET, bus.get(), _ -> true) != null;
      };
    }
  }

  private <T> @Nullable T open(Map<String, String> environment, JavaKeyring.Use<T> use)
      throws Exception {
    if (mac) {
      return JavaKeyring.use(KeyringStorageType.OSX_KEYCHAIN, "", use);
    }
    String bus =
        bus(environment)
            .orElseThrow(() ->
                JavaKeyring.trouble(
                    "No keyring can be reached, because there is no D-Bus session; use jvault"
                        + " from a desktop session"
                        + JavaKeyring.INSTEAD
                        + ".",
                    null));
    return JavaKeyring.use(
        openSecretService(bus) ? KeyringStorageType.GNOME_KEYRING : KeyringStorageType.KWALLET,
        bus,
        use);
  }

  /** Whether there is a Secret Service. Opens its default collection. */
  private static boolean openSecretService(String bus) throws InterruptedException {
    try (var service = SecretService.connect(bus)) {
      return switch (service.defaultCollection()) {
        case OPEN -> true;
        case LOCKED -> {
          if (!service.unlock(UNLOCK_LIMIT)) {
            throw JavaKeyring.trouble(
                "The keyring is locked and was not unlocked; unlock it (log in to the desktop, or"
                    + " open its password manager) and try again"
                    + JavaKeyring.INSTEAD
                    + ".",
                null);
          }
          yield true;
        }
        case NONE ->
            throw JavaKeyring.trouble(
                "The keyring has no default collection; create one in the desktop's password"
                    + " manager (Seahorse, KWalletManager)"
                    + JavaKeyring.INSTEAD
                    + ".",
                null);
        case NO_SERVICE -> false;
      };
    } catch (DBusException e) {
      throw JavaKeyring.trouble(
          "The keyring does not answer on the D-Bus session (%s); start it, or log in to the desktop"
                  .formatted(e.getMessage())
              + JavaKeyring.INSTEAD
              + ".",
          e);
    }
  }

  /** Whether an address is of a session that has ended, as one that a grant kept over a reboot. */
  private static boolean gone(String address) {
    int end = address.indexOf(',');
    String first = end < 0 ? address : address.substring(0, end);
    return first.startsWith(SOCKET) && Files.notExists(Path.of(first.substring(SOCKET.length())));
  }

  private static Optional<String> bus(Map<String, String> environment) {
    String address = environment.getOrDefault(JavaKeyring.BUS, "");
    if (!address.isEmpty() && !gone(address)) {
      return Optional.of(address);
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path socket = Path.of(runtime, "bus");
    return runtime.startsWith("/") && Files.exists(socket)
        ? Optional.of(SOCKET + socket)
        : Optional.empty();
  }
}
