package dev.jvault.doctor;

import dev.jvault.profile.ConfigReader;
import java.util.List;

/** What is wrong in the config files, each with file and line. */
final class ConfigCheck implements Check {
  private final ConfigReader reader;

  ConfigCheck(ConfigReader reader) {
    this.reader = reader;
  }

  @Override
  public String id() {
    return "config";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<Finding> faults =
        reader.faults(caller.environment()).stream()
            .map(fault -> Finding.problem(fault.sentence(), "", ""))
            .distinct()
            .toList();
    return faults.isEmpty() ? List.of(Finding.ok("The config files can be read.")) : faults;
  }
}
