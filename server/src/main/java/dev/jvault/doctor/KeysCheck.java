package dev.jvault.doctor;

import dev.jvault.protocol.SpanText;
import dev.jvault.session.RefusedKey;
import dev.jvault.vault.KeyVault;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keys that AWS refuses, and keys that are old. Asks AWS nothing. */
final class KeysCheck implements Check {
  private static final Duration OLD = Duration.ofDays(90);

  private final Vault vault;
  private final Supplier<List<RefusedKey>> refused;
  private final InstantSource clock;

  /**
   * The check.
   *
   * @param refused the keys that AWS does not know any more
   */
  KeysCheck(Vault vault, Supplier<List<RefusedKey>> refused, InstantSource clock) {
    this.vault = vault;
    this.refused = refused;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "keys";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    var findings = new ArrayList<Finding>();
    for (RefusedKey key : refused.get()) {
      findings.add(
          Finding.problem(
              "AWS does not know the key of %s.".formatted(key.name()),
              "It was deactivated or deleted, or its region is not enabled.",
              "jvault add " + key.name()));
    }
    Instant oldest = clock.instant().minus(OLD);
    if (vault.exists() && vault.unlocked()) {
      for (KeyVault.KeyInfo key : vault.keys().list()) {
        if (key.since().isBefore(oldest)) {
          findings.add(old(key));
        }
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("No stored key is refused, or known to be older than 90 days."))
        : List.copyOf(findings);
  }

  private Finding old(KeyVault.KeyInfo key) {
    return Finding.note(
        "The key of %s was stored %s ago."
            .formatted(key.name(), SpanText.of(Duration.between(key.since(), clock.instant()))),
        "Replace keys after 90 days.",
        "jvault rotate " + key.name());
  }
}
