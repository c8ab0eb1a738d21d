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
    Issuance handOut = entry.handOut();
    return profile.map(handOut.profile()::equals).orElse(true)
        && since.map(begin -> !handOut.time().isBefore(begin)).orElse(true);
  }
}
