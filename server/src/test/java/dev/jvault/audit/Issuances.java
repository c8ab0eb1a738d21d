package dev.jvault.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Issuances for tests. */
final class Issuances {
  private Issuances() {}

  /** An issuance on the container endpoint, to process 4711. */
  static Issuance of(String profile, Instant time) {
    return of(profile, 4711, time);
  }

  static Issuance of(String profile, long pid, Instant time) {
    return of(profile, profile + "-terminal", pid, time);
  }

  static Issuance of(String profile, String grant, long pid, Instant time) {
    return new Issuance(
        time,
        profile,
        DeliveryMethod.CONTAINER,
        grant,
        Optional.empty(),
        OptionalLong.of(pid),
        Optional.of("/usr/bin/aws"),
        1000,
        "ASIAEXAMPLE",
        Optional.of(time.plus(Duration.ofHours(1))));
  }

  /** An issuance whose every free text is this. */
  static Issuance hostile(String text, Instant time) {
    return new Issuance(
        time,
        text,
        DeliveryMethod.NO_SESSION,
        text,
        Optional.of(text),
        OptionalLong.empty(),
        Optional.of(text),
        4294967294L,
        text,
        Optional.empty());
  }
}
