package dev.jvault.profile;

import java.time.Instant;
import java.util.Optional;

/**
 * The last good state of a config file, and why a newer state is not used.
 *
 * @param text of the good state
 * @param file the good state, read
 * @param now the stamp of the file when it was last looked at; empty if there is no file
 * @param since when that stamp was first seen
 * @param settled whether another change would show in the stamp
 * @param local whether the file's next stamp can be read without a time limit
 * @param trouble empty if the good state is the one of the stamp
 */
record FileReading(
    String text,
    ConfigFile file,
    Optional<FileStamp> now,
    Instant since,
    boolean settled,
    boolean local,
    Optional<ConfigReader.StaleFile> trouble) {
  /** Whether a file with this stamp need not be read. */
  boolean covers(Optional<FileStamp> stamp) {
    return settled && trouble.isEmpty() && now.equals(stamp);
  }

  /** Whether it has any profile. */
  boolean hasProfiles() {
    return !file.profiles().isEmpty();
  }

  /** Says nothing of the text, which may hold plain-text keys. */
  @Override
  public String toString() {
    return "Reading[" + file.path() + "]";
  }
}
