package dev.jvault.profile;

import java.nio.file.Path;

/**
 * A place in a config file.
 *
 * @param line counted from 1
 */
public record Position(Path file, int line) {
  /** {@code file:line}, as editors and terminals understand it. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
