package dev.jvault.service;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The state of a unit, as {@code systemctl show} prints it. */
record SystemdUnit(Map<String, String> properties) {
  /** The properties that are asked for. */
  static final String PROPERTIES =
      "LoadState,ActiveState,UnitFileState,FragmentPath,NeedDaemonReload,Result,MainPID,ExecMainStatus"
          + ",StatusText";

  SystemdUnit {
    properties = Map.copyOf(properties);
  }

  /** Parses what {@code systemctl show} printed of one unit: a property a line. */
  static SystemdUnit read(String output) {
    return new SystemdUnit(assignments(output));
  }

  /** The lines of the form {@code NAME=VALUE}; of a name that comes twice, the first. */
  static Map<String, String> assignments(String output) {
    return output
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (first, _) -> first));
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  boolean loaded() {
    return property("LoadState").equals("loaded");
  }

  /** Whether it runs or listens, or is about to. */
  boolean active() {
    return List.of("active", "activating", "reloading").contains(property("ActiveState"));
  }

  boolean enabled() {
    return property("UnitFileState").equals("enabled");
  }

  boolean failed() {
    return property("ActiveState").equals("failed");
  }
}
