package dev.jvault.doctor;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** How far this machine's clock differs from AWS's, if AWS has answered yet. */
final class ClockCheck implements Check {
  private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

  /** AWS refuses signatures that are five minutes off. */
  private static final Duration TOO_MUCH = Duration.ofMinutes(4);

  private final Supplier<Duration> skew;

  /**
   * The check.
   *
   * @param skew how far AWS's clock is ahead of this machine's
   */
  ClockCheck(Supplier<Duration> skew) {
    this.skew = skew;
  }

  @Override
  public String id() {
    return "clock";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    Duration off = skew.get().abs();
    if (off.compareTo(WORTH_TELLING) <= 0) {
      return List.of(Finding.ok("This machine's clock agrees with AWS's, as far as is known."));
    }
    String what = "This machine's clock differs from AWS's by %d s.".formatted(off.toSeconds());
    String mend = "sudo timedatectl set-ntp true";
    return List.of(
        off.compareTo(TOO_MUCH) < 0
            ? Finding.note(what, "AWS refuses signatures once it is 5 minutes.", mend)
            : Finding.problem(
                what, "AWS refuses the signatures of programs that do not correct it.", mend));
  }
}
