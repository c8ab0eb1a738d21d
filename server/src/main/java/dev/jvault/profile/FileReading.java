package dev.jvault.profile;

import java.time.Instant;
import java.util.Optional;

/**
 * A config file as it was last read, and what keeps jvault from taking it as it is now.
 *
 * @param text of the good state
 * @param file the good state, read
 * @param now the stamp of the file as it was looked at last; empty where there is none
 * @param since when that stamp was seen first
 * @param settled whether a further change would show in the stamp
 * @param trouble empty where the good state is that of the stamp
 */
record FileReading(
    String text,
    ConfigFile file,
    Optional<FileStamp> now,
    Instant since,
    boolean settled,
    Optional<ConfigReader.StaleFile> trouble) {
  /** Whether a file with this stamp need not be read. */
  boolean covers(Optional<FileStamp> stamp) {
    return settled && trouble.isEmpty() && now.equals(stamp);
  }

  /** Whether it has a profile to lose. */
  boolean hasProfiles() {
    return !file.profiles().isEmpty();
  }

  /** Says nothing of the text, which may hold plain-text keys. */
  @Override
  public String toString() {
    return "Reading[" + file.path() + "]";
  }
}
