package dev.jvault.profile;

import dev.jvault.clock.Sleeper;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The config files of a caller in a state from which a command may start: complete and readable.
 * Safe for many threads.
 */
final class SettledFiles {
  /** No kernel says when a program has closed the file, so it is looked at again. */
  private static final Duration LOOK = Duration.ofMillis(25);

  private final ConfigReader reader;
  private final Sleeper sleeper;

  SettledFiles(ConfigReader reader, Sleeper sleeper) {
    this.reader = reader;
    this.sleeper = sleeper;
  }

  /**
   * The profiles of the files as they are now. Waits while a file may be half-written.
   *
   * @throws JvaultException if a file cannot be used, or is being written for longer than {@link
   *     ConfigReader#PATIENCE}
   */
  ProfileSet of(CallerEnvironment environment) {
    Instant end = reader.clock().instant().plus(ConfigReader.PATIENCE).plus(LOOK.multipliedBy(2));
    while (true) {
      List<FileReading> readings = reader.readings(environment);
      Optional<ConfigReader.StaleFile> stale =
          readings.stream()
              .flatMap(reading -> reading.trouble().stream())
              .min(Comparator.comparing(ConfigReader.StaleFile::settles));
      if (stale.isEmpty()) {
        return new ProfileSet(readings.getFirst().file(), readings.getLast().file());
      }
      if (!stale.get().settles()) {
        throw unusable(stale.get());
      }
      if (reader.clock().instant().isAfter(end)) {
        throw unsettled(stale.get());
      }
      await(stale.get());
    }
  }

  private void await(ConfigReader.StaleFile file) {
    try {
      sleeper.last(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unsettled(file);
    }
  }

  private static JvaultException unusable(ConfigReader.StaleFile file) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s %s, and nothing starts from its previous content; correct that and try again."
            .formatted(file.file(), file.what()));
  }

  private static JvaultException unsettled(ConfigReader.StaleFile file) {
    return new JvaultException(
        ExitCode.UNAVAILABLE,
        "%s is still being written (it %s), and nothing starts from its previous content; try again"
                .formatted(file.file(), file.what())
            + " when it is complete.");
  }
}
