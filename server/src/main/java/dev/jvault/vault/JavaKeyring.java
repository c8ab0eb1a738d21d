package dev.jvault.vault;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import org.jspecify.annotations.Nullable;

/** Opens a keyring with java-keyring, and says in a sentence why that fails. */
final class JavaKeyring {
  /** The service name of jvault's items. */
  static final String SERVICE = "jvault";

  /** The variable, and the property of the D-Bus library, that holds the session bus's address. */
  static final String BUS = "DBUS_SESSION_BUS_ADDRESS";

  static final String INSTEAD =
      " (a new vault can be opened by a passphrase or by JVAULT_KEY_COMMAND instead)";

  private JavaKeyring() {}

  /** What to do with the keyring while it is open. */
  interface Use<T> {
    @Nullable T with(Keyring keyring) throws PasswordAccessException;
  }

  /** Opens a keyring of a type, uses it, and closes it. */
  static <T> @Nullable T use(KeyringStorageType type, String bus, Use<T> use) {
    // The D-Bus library takes the address from this property before the daemon's own variable.
    System.setProperty(BUS, bus);
    Keyring keyring = null;
    try {
      keyring = Keyring.create(type);
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
      // This is how java-keyring fails if a Secret Service refuses or goes away.
      throw trouble("The keyring refused or went away; unlock it and try again" + INSTEAD + ".", e);
    } finally {
      close(keyring);
    }
  }

  private static void close(@Nullable Keyring keyring) {
    if (keyring != null) {
      try {
        keyring.close();
      } catch (Exception e) {
        // The connection is gone either way, and the result is known.
      }
    }
  }

  /**
   * The secret of an account, or null if there is none. java-keyring reports a missing item with
   * the same exception as a refusal.
   */
  static @Nullable String get(Keyring keyring, String account) throws PasswordAccessException {
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

  static JvaultException trouble(String sentence, @Nullable Throwable cause) {
    return cause == null
        ? new JvaultException(ExitCode.VAULT, sentence)
        : new JvaultException(ExitCode.VAULT, sentence, cause);
  }
}
