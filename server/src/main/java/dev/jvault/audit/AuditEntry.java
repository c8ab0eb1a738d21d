package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the audit: one hand-out, or several of the same to the same client.
 *
 * @param issuance the last of them
 * @param times how many there were
 * @param since when the first of several was
 */
public record AuditEntry(Issuance issuance, long times, Optional<Instant> since) {
  /** A line for one hand-out. */
  static AuditEntry once(Issuance issuance) {
    return new AuditEntry(issuance, 1, Optional.empty());
  }
}
