package dev.jvault.control;

/**
 * Another version that is installed and that this daemon has not handed over to yet.
 *
 * @param version the other version
 * @param waitsFor what it waits for, one lower-case word
 * @param next what happens next, for the user; without a full stop
 */
public record PendingUpgrade(String version, String waitsFor, String next) {
  /** The sentence for {@code status}. */
  String sentence() {
    return "version %s is installed; %s".formatted(version, next);
  }
}
