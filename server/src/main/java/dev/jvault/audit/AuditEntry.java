package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the audit: one issuance, or several equal ones to the same client.
 *
 * @param issuance the last of them
 * @param times how many there were
 * @param since when the first of several was
 */
public record AuditEntry(Issuance issuance, long times, Optional<Instant> since) {
  /** An entry for one issuance. */
  static AuditEntry once(Issuance issuance) {
    return new AuditEntry(issuance, 1, Optional.empty());
  }
}
