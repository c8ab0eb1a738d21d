package dev.jvault.wrong.there;

import dev.jvault.wrong.here.BreaksRules;

/** The other half of the cycle. */
public final class IsSeenFromHere {
  /** Points back to the first half. */
  void sees(BreaksRules other) {}
}
