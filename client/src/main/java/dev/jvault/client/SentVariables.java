package dev.jvault.client;

/** Which of the caller's variables the request of a verb carries: not more than the verb needs. */
enum SentVariables {
  /** None: the verb is about the daemon only, opens no vault and reads no profile. */
  NONE,
  /** Those that name the config files and change what they mean. */
  CONFIG,
  /** Those of helpers too, which may run for a profile or for the key of the vault. */
  ALL;

  /** What the verb of the control socket with this name needs. */
  static SentVariables of(String verb) {
    return switch (verb) {
      case "lock", "grants", "revoke", "audit", "handover" -> NONE;
      case "status" -> CONFIG;
      default -> ALL;
    };
  }
}
