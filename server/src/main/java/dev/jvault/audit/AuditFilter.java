package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries somebody wants to see.
 *
 * @param profile of this profile only
 * @param since not older than this
 * @param most the newest so many
 */
public record AuditFilter(Optional<String> profile, Optional<Instant> since, int most) {
  boolean takes(AuditEntry entry) {
    Issuance issuance = entry.issuance();
    return profile.map(issuance.profile()::equals).orElse(true)
        && since.map(begin -> !issuance.time().isBefore(begin)).orElse(true);
  }
}
