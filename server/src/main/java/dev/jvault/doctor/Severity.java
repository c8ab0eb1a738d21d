package dev.jvault.doctor;

import java.util.Locale;

/** How much a finding matters. The order is that of its weight. */
public enum Severity {
  /** All is well. */
  OK,
  /** Worth knowing; no program is kept from its credentials. */
  NOTE,
  /** Programs do not get their credentials, or get others, or a secret lies open. */
  PROBLEM;

  /** The word for display and for JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
