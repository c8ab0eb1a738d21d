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
 * A program on a test's PATH that runs a script of the test, and records the arguments and
 * variables of each start.
 */
public final class FakeProgram {
  private final Path program;
  private final Path notes;

  /**
   * A shell script.
   *
   * @param folder a folder on the PATH of the process that starts it
   * @param script what it does after it has recorded its start; {@code $notes} is the folder of its
   *     records
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

  /** The process of its last start, if it is still alive. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(Long.parseLong(lines("starts").getLast()))
        .filter(ProcessHandle::isAlive);
  }

  /** The arguments of its last start. */
  public List<String> arguments() {
    return lines("arguments");
  }

  /** Whether a variable had this value at the last start. */
  public boolean saw(String variable, String value) {
    return lines("variables").contains(variable + "=" + value);
  }

  /** The names of the variables at the last start. */
  public List<String> variables() {
    return lines("variables").stream().map(line -> line.replaceFirst("=.*", "")).toList();
  }

  /** The lines of one of its records; none if there is no such record yet. */
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
