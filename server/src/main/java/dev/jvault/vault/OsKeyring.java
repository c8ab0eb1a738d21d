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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;

/**
 * The real keyring: macOS Keychain, Secret Service, or KWallet. java-keyring is not safe for use by
 * several threads and may wait for ever, so one call runs at a time, on a thread of its own, and is
 * given up after a limit.
 */
final class OsKeyring implements Keyring {
  private static final String SERVICE = "jvault";
  private static final String BUS = "DBUS_SESSION_BUS_ADDRESS";
  private static final String INSTEAD =
      " (a new vault can be opened by a passphrase or by JVAULT_KEY_COMMAND instead)";

  /** A person needs time to find and type a password. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Beyond the person's time: for the keyring itself. */
  private static final Duration LIMIT = PATIENCE.plusSeconds(20);

  private final Semaphore free = new Semaphore(1);
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
      return Boolean.TRUE.equals(alone(() -> reachable(environment)));
    } catch (JvaultException e) {
      return false;
    }
  }

  @Override
  public Optional<Secret> read(String account, Map<String, String> environment) {
    return Optional.ofNullable(alone(() -> open(environment, k -> get(k, account))))
        .map(Secret::of);
  }

  @Override
  public void write(String account, Secret content, Map<String, String> environment) {
    String readBack =
        alone(() ->
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
    alone(() ->
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

  /** Runs one call, on a daemon thread that is left behind if the keyring never answers. */
  private <T> @Nullable T alone(Callable<@Nullable T> call) {
    try {
      if (!free.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw trouble("The keyring is still busy with an earlier question; answer it first.", null);
      }
      BlockingQueue<Answer<T>> answers = new ArrayBlockingQueue<>(1);
      Thread.ofPlatform()
          .daemon()
          .name("keyring")
          .start(() -> {
            try {
              answers.add(Answer.of(call));
            } finally {
              free.release();
            }
          });
      Answer<T> answer = answers.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw trouble(
            "The keyring did not answer within %d seconds; unlock it and try again"
                    .formatted(LIMIT.toSeconds())
                + INSTEAD
                + ".",
            null);
      }
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble("The question to the keyring was interrupted; try again.", e);
    }
  }

  private static JvaultException trouble(String sentence, @Nullable Throwable cause) {
    return cause == null
        ? new JvaultException(ExitCode.VAULT, sentence)
        : new JvaultException(ExitCode.VAULT, sentence, cause);
  }

  /** The value or the fault of a call on another thread. */
  private record Answer<T>(@Nullable T value, @Nullable JvaultException fault) {
    static <T> Answer<T> of(Callable<@Nullable T> call) {
      try {
        return new Answer<>(call.call(), null);
      } catch (JvaultException e) {
        return new Answer<>(null, e);
      } catch (Exception | LinkageError e) {
        return new Answer<>(null, trouble("The keyring cannot be used here" + INSTEAD + ".", e));
      }
    }

    @Nullable T get() {
      if (fault != null) {
        throw fault;
      }
      return value;
    }

    @Override
    public String toString() {
      return "Answer";
    }
  }
}
