package dev.jvault.profile;

import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what is wrong with config files, for a status report. */
final class ConfigFaults {
  private final ConfigReader reader;

  ConfigFaults(ConfigReader reader) {
    this.reader = reader;
  }

  /** The faults of a caller's files, and of all others that were read recently. */
  List<ConfigReader.Fault> of(ConfigFiles files) {
    var faults = new ArrayList<ConfigReader.Fault>();
    unreadable(files.config(), FileKind.CONFIG).ifPresent(faults::add);
    unreadable(files.credentials(), FileKind.CREDENTIALS).ifPresent(faults::add);
    for (FileReading reading : reader.readings()) {
      Path file = reading.file().path();
      reading
          .trouble()
          .ifPresent(trouble ->
              faults.add(
                  new ConfigReader.Fault(file, trouble.sentence(), Optional.of(trouble.since()))));
      reading
          .file()
          .faults()
          .forEach(fault -> faults.add(new ConfigReader.Fault(file, fault, Optional.empty())));
    }
    return faults;
  }

  private Optional<ConfigReader.Fault> unreadable(Path file, FileKind kind) {
    try {
      ConfigFile _ = reader.read(file, kind);
      return Optional.empty();
    } catch (JvaultException e) {
      return Optional.of(new ConfigReader.Fault(file, e.sentence(), Optional.empty()));
    }
  }
}
