package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries to read.
 *
 * @param profile only entries of this profile
 * @param since only entries that are not older
 * @param most how many of the newest entries at most
 */
public record AuditFilter(Optional<String> profile, Optional<Instant> since, int most) {
  boolean takes(AuditEntry entry) {
    Issuance issuance = entry.issuance();
    return profile.map(issuance.profile()::equals).orElse(true)
        && since.map(begin -> !issuance.time().isBefore(begin)).orElse(true);
  }
}
