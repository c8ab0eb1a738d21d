package dev.jvault.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of a unit, as {@code systemctl show} prints it. */
record SystemdUnit(Map<String, String> properties) {
  /** The properties that are asked for. */
  static final String PROPERTIES =
      "LoadState,ActiveState,UnitFileState,FragmentPath,NeedDaemonReload,Result,MainPID,ExecMainStatus"
          + ",StatusText";

  SystemdUnit {
    properties = Map.copyOf(properties);
  }

  /** Parses blocks of lines that are separated by blank lines, one block for each unit. */
  static List<SystemdUnit> read(String output) {
    var units = new ArrayList<SystemdUnit>();
    for (String block : output.split("\n\\s*\n", -1)) {
      var properties = new HashMap<String, String>();
      for (String line : block.lines().toList()) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          properties.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      if (!properties.isEmpty()) {
        units.add(new SystemdUnit(properties));
      }
    }
    return units;
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
