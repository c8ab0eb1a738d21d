package dev.jvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A program on a test's PATH that does what the test says, and writes down with which arguments and
 * variables it was started and, where the script reads it, its input.
 */
public final class FakeProgram {
  private final Path program;
  private final Path notes;

  /**
   * A shell script.
   *
   * @param folder on the PATH of whoever starts it
   * @param script what it does after it has written down how it was started; {@code $notes} is the
   *     folder of its notes
   */
  public FakeProgram(Path folder, String name, String script) {
    this.program = folder.resolve(name);
    this.notes = folder.resolve(name + ".notes");
    try {
      Files.createDirectories(notes);
      Files.writeString(
          program,
          """
          #!/bin/sh
          notes='%s'
          for word in "$@"; do printf '%%s\\n' "$word"; done >"$notes/arguments"
          env >"$notes/variables"
          echo $$ >>"$notes/starts"
          %s
          """
              .formatted(notes, script));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return program;
  }

  /** How often it was started. */
  public int starts() {
    return lines("starts").size();
  }

  /** The process of its last start, while it lives. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(Long.parseLong(lines("starts").getLast()))
        .filter(ProcessHandle::isAlive);
  }

  /** The arguments of its last start. */
  public List<String> arguments() {
    return lines("arguments");
  }

  /** Whether it saw a variable with this value. */
  public boolean saw(String variable, String value) {
    return lines("variables").contains(variable + "=" + value);
  }

  /** The names of the variables that it saw. */
  public List<String> variables() {
    return lines("variables").stream().map(line -> line.replaceFirst("=.*", "")).toList();
  }

  /** The lines of one of its notes; none where there is no such note yet. */
  public List<String> lines(String note) {
    try {
      return Files.readAllLines(notes.resolve(note));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
