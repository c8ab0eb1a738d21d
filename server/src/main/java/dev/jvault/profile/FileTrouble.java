package dev.jvault.profile;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Why a config file is not taken as it is now: what was read there before goes on to hold.
 *
 * @param what is wrong, as a clause
 * @param since when that was noticed
 */
public record FileTrouble(Path file, String what, Instant since) {
  /** For the person. */
  public String sentence() {
    return "%s %s; jvault goes on with what it read there before.".formatted(file, what);
  }
}
