package dev.jvault.vault;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import dev.jvault.protocol.ExitCode;
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
 * The real keyring: macOS Keychain, Secret Service, or KWallet. Each question is a connection of
 * its own, so that an idle daemon holds none.
 */
final class OsKeyring implements Keyring {
  private static final String SERVICE = "jvault";
  private static final String BUS = "DBUS_SESSION_BUS_ADDRESS";
  static final String INSTEAD =
      " (a new vault can be opened by a passphrase or by JVAULT_KEY_COMMAND instead)";

  /** A person needs time to find and type a password. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KeyringExecutor executor = new KeyringExecutor(PATIENCE.plusSeconds(20));
  private final boolean mac;

  OsKeyring(String osName) {
    mac = osName.startsWith("Mac");
  }

  /** What to do with the keyring once it is open. */
  private interface Use<T> {
    @Nullable T with(com.github.javakeyring.Keyring keyring) throws PasswordAccessException;
  }

  @Override
  public boolean available(Map<String, String> environment) {
    try {
      return Boolean.TRUE.equals(executor.take(() -> reachable(environment)));
    } catch (JvaultException e) {
      return false;
    }
  }

  @Override
  public Optional<Secret> read(String account, Map<String, String> environment) {
    return Optional.ofNullable(executor.take(() -> open(environment, k -> get(k, account))))
        .map(Secret::of);
  }

  @Override
  public void write(String account, Secret content, Map<String, String> environment) {
    String readBack =
        executor.take(() ->
            open(
                environment,
                keyring -> {
                  keyring.setPassword(SERVICE, account, content.reveal());
                  return get(keyring, account);
                }));
    // java-keyring keeps silent about a Secret Service that refuses to store.
    if (readBack == null || !Secret.of(readBack).equals(content)) {
      throw trouble("The keyring did not store the vault's key" + INSTEAD + ".", null);
    }
  }

  @Override
  public void remove(String account, Map<String, String> environment) {
    executor.take(() ->
        open(
            environment,
            keyring -> {
              if (get(keyring, account) != null) {
                keyring.deletePassword(SERVICE, account);
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
        case NO_SERVICE -> backend(KeyringStorageType.KWALLET, bus.get(), _ -> true) != null;
      };
    }
  }

  private <T> @Nullable T open(Map<String, String> environment, Use<T> use) throws Exception {
    if (mac) {
      return backend(KeyringStorageType.OSX_KEYCHAIN, "", use);
    }
    String bus =
        bus(environment)
            .orElseThrow(() ->
                trouble(
                    "No keyring can be reached, because there is no D-Bus session; use jvault"
                        + " from a desktop session"
                        + INSTEAD
                        + ".",
                    null));
    return backend(
        secretServiceIsOpen(bus) ? KeyringStorageType.GNOME_KEYRING : KeyringStorageType.KWALLET,
        bus,
        use);
  }

  /** Whether there is a Secret Service, whose default collection is then open. */
  private static boolean secretServiceIsOpen(String bus) throws InterruptedException {
    try (var service = SecretService.connect(bus)) {
      return switch (service.defaultCollection()) {
        case OPEN -> true;
        case LOCKED -> {
          if (!service.unlock(PATIENCE)) {
            throw trouble(
                "The keyring is locked and was not unlocked; unlock it (log in to the desktop, or"
                    + " open its password manager) and try again"
                    + INSTEAD
                    + ".",
                null);
          }
          yield true;
        }
        case NONE ->
            throw trouble(
                "The keyring has no default collection; create one in the desktop's password"
                    + " manager (Seahorse, KWalletManager)"
                    + INSTEAD
                    + ".",
                null);
        case NO_SERVICE -> false;
      };
    } catch (DBusException e) {
      throw trouble(
          "The keyring does not answer on the D-Bus session (%s); start it, or log in to the desktop"
                  .formatted(e.getMessage())
              + INSTEAD
              + ".",
          e);
    }
  }

  private static <T> @Nullable T backend(KeyringStorageType type, String bus, Use<T> use) {
    // The D-Bus library takes the address from this property before the daemon's own variable.
    System.setProperty(BUS, bus);
    com.github.javakeyring.Keyring keyring = null;
    try {
      keyring = com.github.javakeyring.Keyring.create(type);
      return use.with(keyring);
    } catch (BackendNotSupportedException e) {
      throw trouble(
          "There is no keyring in this session (GNOME Keyring, KWallet, macOS Keychain); start one"
              + INSTEAD
              + ".",
          e);
    } catch (PasswordAccessException e) {
      throw trouble(
          "The keyring refuses (%s); allow jvault in it and try again".formatted(e.getMessage())
              + INSTEAD
              + ".",
          e);
    } catch (NullPointerException | IllegalStateException e) {
      // So java-keyring fails where a Secret Service refuses, or leaves in the middle.
      throw trouble("The keyring refused or went away; unlock it and try again" + INSTEAD + ".", e);
    } finally {
      close(keyring);
    }
  }

  private static void close(com.github.javakeyring.@Nullable Keyring keyring) {
    if (keyring != null) {
      try {
        keyring.close();
      } catch (Exception e) {
        // The bus is left either way, and the answer is there.
      }
    }
  }

  /** java-keyring reports a missing item by the same exception as a refusal. */
  private static @Nullable String get(com.github.javakeyring.Keyring keyring, String account)
      throws PasswordAccessException {
    try {
      return keyring.getPassword(SERVICE, account);
    } catch (PasswordAccessException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("No stored credentials") || message.endsWith("not in wallet")) {
        return null;
      }
      throw e;
    }
  }

  private static Optional<String> bus(Map<String, String> environment) {
    String address = environment.getOrDefault(BUS, "");
    if (!address.isEmpty()) {
      return Optional.of(address);
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path socket = Path.of(runtime, "bus");
    return runtime.startsWith("/") && Files.exists(socket)
        ? Optional.of("unix:path=" + socket)
        : Optional.empty();
  }

  static JvaultException trouble(String sentence, @Nullable Throwable cause) {
    return cause == null
        ? new JvaultException(ExitCode.VAULT, sentence)
        : new JvaultException(ExitCode.VAULT, sentence, cause);
  }
}
