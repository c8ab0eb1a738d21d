package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Codes that a person has given and no call has spent yet, and those that were spent lately. AWS
 * takes a code once, so each is handed out once. Safe for many threads.
 */
public final class MfaCodes {
  /** AWS takes a code of the window before and after too, so none is good for longer. */
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  /** A code that was handed to a call. */
  private record Spent(Secret code, Instant at) {}

  /** A device or command that gives the code of this moment by itself. */
  public interface Device {
    /**
     * The code of this moment.
     *
     * @throws HelperFailedException if it gives none
     */
    Secret code() throws HelperFailedException;
  }

  private final Map<String, Secret> given = new ConcurrentHashMap<>();
  private final Map<String, List<Spent>> spent = new ConcurrentHashMap<>();

  /** The last code of each device that AWS has refused. */
  private final Map<String, Secret> refused = new ConcurrentHashMap<>();

  private final InstantSource clock;
  private final TotpWindows windows;

  /** Codes by this clock. */
  public MfaCodes(InstantSource clock) {
    this(clock, Sleeper.REAL);
  }

  /** Codes by this clock, with another way to wait. */
  public MfaCodes(InstantSource clock, Sleeper pause) {
    this.clock = clock;
    this.windows = new TotpWindows(clock, pause);
  }

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

  /** Throws all unspent codes away. */
  public void discardAll() {
    given.clear();
  }

  /** Whether AWS has had this code lately, so that it would refuse it. */
  public boolean spent(String serial, Secret code) {
    Instant eldest = clock.instant().minus(REMEMBERED);
    return spent.getOrDefault(serial, List.of()).stream()
        .anyMatch(one -> one.at().isAfter(eldest) && one.code().equals(code));
  }

  /** Takes down that a code goes to AWS now. */
  public void spend(String serial, Secret code) {
    Instant now = clock.instant();
    spent.compute(
        serial,
        (_, before) -> {
          var after = new ArrayList<>(before == null ? List.of() : before);
          after.removeIf(one -> !one.at().isAfter(now.minus(REMEMBERED)));
          after.add(new Spent(code, now));
          return List.copyOf(after);
        });
  }

  /** Whether this is the code that AWS refused last, whoever's call it went with. */
  public boolean refused(String serial, Secret code) {
    return code.equals(refused.get(serial));
  }

  /**
   * A code that AWS has not had: where the device gives the one of a moment ago again, the next one
   * is waited for, half a minute at most.
   *
   * @param waiting is told for how long
   * @throws HelperFailedException if the device gives none, or no other one
   */
  public Secret fresh(String serial, Device device, Consumer<Duration> waiting)
      throws HelperFailedException {
    Secret code = device.code();
    if (spent(serial, code)) {
      waiting.accept(windows.untilNext());
      windows.awaitNext();
      code = device.code();
    }
    if (spent(serial, code)) {
      throw new HelperFailedException("gives a code that was used already");
    }
    return code;
  }

  Optional<Secret> take(MfaDevice device) {
    Secret code = given.remove(device.serial());
    if (code != null) {
      spend(device.serial(), code);
    }
    return Optional.ofNullable(code);
  }

  /** Takes down what AWS thought of a code. */
  Outcome judged(MfaDevice device, Secret code, Outcome outcome) {
    if (outcome instanceof Outcome.Denied denied && denied.reason() == Outcome.Reason.MFA_REFUSED) {
      refused.put(device.serial(), code);
    }
    return outcome;
  }

  /**
   * The code of the device's own command, spent.
   *
   * @param waiting is told how long the next code is waited for
   * @throws HelperFailedException if the command gives none
   */
  public Secret printed(String serial, MfaProcess command, Consumer<Duration> waiting)
      throws HelperFailedException {
    Secret code = fresh(serial, command::code, waiting);
    spend(serial, code);
    return code;
  }
}
