package dev.jvault.doctor;

import java.util.List;

/**
 * What one check found.
 *
 * @param id the check's
 */
public record CheckResult(String id, List<Finding> findings) {
  /** Copies the list. */
  public CheckResult {
    findings = List.copyOf(findings);
  }
}
