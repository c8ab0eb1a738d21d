package dev.jvault.service;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The endpoint's port as the daemon remembers it. */
final class PortFile {
  private static final int STANDARD = 9170;

  private PortFile() {}

  /** The port in this folder of the daemon's state: 9170 if none is remembered. */
  static int port(Path state) {
    return Stream.of("port", "port.bak")
        .flatMap(name -> UserFiles.read(state.resolve(name)).stream())
        .map(String::strip)
        .filter(text -> text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) < 65_536)
        .map(Integer::valueOf)
        .findFirst()
        .orElse(STANDARD);
  }
}
