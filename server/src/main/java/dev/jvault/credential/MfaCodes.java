package dev.jvault.credential;

import dev.jvault.clock.Clocks;
import dev.jvault.clock.Sleeper;
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
 * The MFA codes of all devices, and the state of each code. AWS accepts a code once, so each code
 * is sent once.
 *
 * <pre>
 *  the user types a code                a program prints a code (mfa_process, ykman, pass)
 *          │ offer                              │ fresh: waits for the next window if
 *          ▼                                    │ the program repeats a spent code
 *      OFFERED ── discard ──▶ gone              │
 *          │ take: the source that needs it     │ printed
 *          │ sends it to STS                    │
 *          ▼                                    ▼
 *        SPENT for two minutes: never sent again ── notSent: no connection came about ──▶ gone
 *          │ judged: STS answers MFA_REFUSED
 *          ▼
 *       REFUSED: the last one of each device, so that the caller who typed it is
 *                asked again, even if another caller's request sent it
 * </pre>
 *
 * <p>From the user to AWS: {@code interaction.MfaChallenge} asks the user, offers the code here and
 * repeats the attempt to load the session; the load runs on a thread of the session cache, is
 * shared by all callers, and reaches {@link SessionTokenSource} or {@link AssumeRoleSource}, which
 * take the code through {@link DeviceCodes}. A code is not passed down as a parameter because the
 * load that needs it may have been started by a caller who has none.
 *
 * <p>Safe for many threads.
 */
public final class MfaCodes {
  /** AWS accepts codes of the window before and after too, so no code is valid for longer. */
  static final Duration REMEMBERED = Duration.ofMinutes(2);

  /** A code that was sent. */
  private record Spent(Secret code, Instant at) {}

  /** A program that gives the device's code of this moment. */
  public interface Device {
    /**
     * The code of this moment.
     *
     * @throws HelperFailedException if the program gives none
     */
    Secret code() throws HelperFailedException;
  }

  private final Map<String, Secret> offered = new ConcurrentHashMap<>();
  private final Map<String, List<Spent>> spent = new ConcurrentHashMap<>();
  private final Map<String, Secret> refused = new ConcurrentHashMap<>();
  private volatile Consumer<String> whenAccepted = _ -> {};
  private final Clocks clocks;
  private final TotpWindows windows;

  /** No codes yet. */
  public MfaCodes(Clocks clocks) {
    this(clocks, Sleeper.REAL);
  }

  /** No codes yet. The sleeper waits for the next window. */
  public MfaCodes(Clocks clocks, Sleeper sleeper) {
    this.clocks = clocks;
    this.windows = new TotpWindows(clocks, sleeper);
  }

  /**
   * Calls a listener with the serial of a device when AWS has accepted a code that its {@code
   * mfa_process} printed, so that the listener can end an open question for one.
   */
  public void whenAccepted(Consumer<String> listener) {
    whenAccepted = listener;
  }

  /** Records that AWS has accepted a code of the device's {@code mfa_process}. */
  void accepted(String serial) {
    whenAccepted.accept(serial);
  }

  /** Offers a code to the next request that needs one of this device. */
  public void offer(String serial, Secret code) {
    offered.put(serial, code);
  }

  /** Whether a code is offered that no request has taken yet. */
  public boolean offered(String serial) {
    return offered.containsKey(serial);
  }

  /** Withdraws an offered code. */
  public void discard(String serial) {
    offered.remove(serial);
  }

  /** Withdraws all offered codes. */
  public void discardAll() {
    offered.clear();
  }

  /** Whether this code was sent to AWS lately, so that AWS would refuse it. */
  public boolean spent(String serial, Secret code) {
    Instant eldest = clocks.steady().minus(REMEMBERED);
    return spent.getOrDefault(serial, List.of()).stream()
        .anyMatch(one -> one.at().isAfter(eldest) && one.code().equals(code));
  }

  /** Records that a code is sent to AWS now. */
  public void spend(String serial, Secret code) {
    Instant now = clocks.steady();
    spent.compute(
        serial,
        (_, before) -> {
          var after = new ArrayList<>(before == null ? List.of() : before);
          after.removeIf(one -> !one.at().isAfter(now.minus(REMEMBERED)));
          after.add(new Spent(code, now));
          return List.copyOf(after);
        });
  }

  /** Records that a spent code was not sent after all, because no connection came about. */
  public void notSent(String serial, Secret code) {
    spent.computeIfPresent(
        serial, (_, before) -> before.stream().filter(one -> !one.code().equals(code)).toList());
  }

  /** Whether this is the code of the device that AWS refused last, whichever caller sent it. */
  public boolean refused(String serial, Secret code) {
    return code.equals(refused.get(serial));
  }

  /**
   * A code that was not sent yet. If the program repeats a spent code, waits for the next window,
   * at most half a minute, and asks it once more.
   *
   * @param waiting receives the time that the next window takes
   * @throws HelperFailedException if the program gives no code, or a spent one twice
   */
  public Secret fresh(String serial, Device device, Consumer<Duration> waiting)
      throws HelperFailedException {
    Secret code = code(device);
    if (spent(serial, code)) {
      waiting.accept(windows.untilNext());
      windows.awaitNext();
      code = code(device);
    }
    if (spent(serial, code)) {
      throw new HelperFailedException("gave a code that has already been used");
    }
    return code;
  }

  private static Secret code(Device device) throws HelperFailedException {
    Secret code = MfaCodeText.withoutBlanks(device.code());
    if (!MfaCodeText.isCode(code)) {
      throw new HelperFailedException("gave no code of six digits");
    }
    return code;
  }

  /** Takes the offered code of a device, which is spent from now on; empty if none is offered. */
  Optional<Secret> take(MfaDevice device) {
    Secret code = offered.remove(device.serial());
    if (code != null) {
      spend(device.serial(), code);
    }
    return Optional.ofNullable(code);
  }

  /** Records what AWS said of a code; returns the outcome unchanged. */
  Outcome judged(MfaDevice device, Secret code, Outcome outcome) {
    if (outcome instanceof Outcome.Denied denied && denied.reason() == Outcome.Reason.MFA_REFUSED) {
      refused.put(device.serial(), code);
    }
    return outcome;
  }

  /**
   * A fresh code of the profile's own {@code mfa_process}, which is spent from now on.
   *
   * @param waiting receives the time that the next window takes
   * @throws HelperFailedException if the command gives none
   */
  public Secret printed(String serial, MfaProcess command, Consumer<Duration> waiting)
      throws HelperFailedException {
    Secret code = fresh(serial, command::code, waiting);
    spend(serial, code);
    return code;
  }

  /**
   * The windows of 30 seconds in which a device has one code (RFC 6238), and waiting for the next.
   */
  private static final class TotpWindows {
    private static final long SECONDS = 30;

    private final InstantSource clock;
    private final Sleeper pause;

    TotpWindows(InstantSource clock, Sleeper pause) {
      this.clock = clock;
      this.pause = pause;
    }

    /** Until the next window begins; more than nothing, 30 seconds at most. */
    Duration untilNext() {
      return Duration.ofSeconds(SECONDS - Math.floorMod(clock.instant().getEpochSecond(), SECONDS));
    }

    void awaitNext() throws HelperFailedException {
      try {
        pause.last(untilNext());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HelperFailedException("was interrupted");
      }
    }
  }
}
