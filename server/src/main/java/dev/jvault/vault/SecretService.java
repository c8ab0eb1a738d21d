package dev.jvault.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;
import org.freedesktop.secret.interfaces.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * Checks and unlocks the default collection of the Secret Service on one session bus. jvault lets
 * java-keyring use only an unlocked collection, because java-keyring cannot tell a locked
 * collection from a missing item, prompts at each call, and from its second connection on does not
 * receive the user's answer.
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service/latest/">Secret Service</a>
 */
final class SecretService implements AutoCloseable {
  /** The states of the default collection. */
  enum Collection {
    /** The bus has no Secret Service. */
    NO_SERVICE,
    /** The service has no default collection yet. */
    NONE,
    /** The user has to unlock it first. */
    LOCKED,
    /** It can be used. */
    OPEN
  }

  private static final String NAME = "org.freedesktop.secrets";
  private static final String ROOT = "/org/freedesktop/secrets";
  private static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final String COLLECTION = "org.freedesktop.Secret.Collection";
  private static final String PROMPT = "org.freedesktop.Secret.Prompt";
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
  private static final String NO_OBJECT = "/";
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final DBusConnection bus;

  private SecretService(DBusConnection bus) {
    this.bus = bus;
  }

  static SecretService connect(String busAddress) throws DBusException {
    return new SecretService(
        DBusConnectionBuilder.forAddress(busAddress).withShared(false).build());
  }

  Collection defaultCollection() throws DBusException {
    Message answer = call(ROOT, SERVICE, "ReadAlias", "s", "default");
    if (answer instanceof Error) {
      return Collection.NO_SERVICE;
    }
    String path = path(answer, 0);
    if (path.equals(NO_OBJECT)) {
      return Collection.NONE;
    }
    return isLocked(path) ? Collection.LOCKED : Collection.OPEN;
  }

  /**
   * Makes the desktop ask the user to unlock the default collection, and waits for the answer.
   *
   * @return whether the collection is unlocked now
   */
  boolean unlock(Duration limit) throws DBusException, InterruptedException {
    String collection = path(checked(call(ROOT, SERVICE, "ReadAlias", "s", "default")), 0);
    var answered = new CountDownLatch(1);
    bus.addSigHandler(Prompt.Completed.class, _ -> answered.countDown());
    Message unlocking =
        checked(call(ROOT, SERVICE, "Unlock", "ao", List.of(new ObjectPath("", collection))));
    String prompt = path(unlocking, 1);
    if (!prompt.equals(NO_OBJECT)) {
      checked(call(prompt, PROMPT, "Prompt", "s", ""));
      if (!answered.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        call(prompt, PROMPT, "Dismiss", null);
      }
    }
    return !isLocked(collection);
  }

  @Override
  public void close() {
    try {
      bus.close();
    } catch (IOException e) {
      // The connection is gone either way.
    }
  }

  private boolean isLocked(String collection) throws DBusException {
    Message answer = checked(call(collection, PROPERTIES, "Get", "ss", COLLECTION, "Locked"));
    return Boolean.TRUE.equals(((Variant<?>) answer.getParameters()[0]).getValue());
  }

  private static String path(Message answer, int index) throws DBusException {
    return ((DBusPath) answer.getParameters()[index]).getPath();
  }

  private static Message checked(Message answer) throws DBusException {
    if (answer instanceof Error) {
      throw new DBusException(answer.getName());
    }
    return answer;
  }

  private Message call(
      String path, String face, String method, @Nullable String signature, Object... arguments)
      throws DBusException {
    var call = new MethodCall(NAME, path, face, method, (byte) 0, signature, arguments);
    bus.sendMessage(call);
    Message answer = call.getReply(ANSWER.toMillis());
    if (answer == null) {
      throw new DBusException("no answer from the Secret Service");
    }
    return answer;
  }
}
