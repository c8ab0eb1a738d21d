package dev.jvault.setup;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the system for the processes of this user. */
final class SystemPrograms implements RunningPrograms {
  private static final String DELETED = " (deleted)";

  @Override
  public List<Program> all() {
    Optional<String> user = ProcessHandle.current().info().user();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().user().equals(user))
        .flatMap(process -> program(process).stream())
        .sorted(Comparator.comparingLong(Program::pid))
        .toList();
  }

  /** Empty for a process that has ended or that the system says nothing of. */
  private static Optional<Program> program(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command()
        .map(path ->
            new Program(
                process.pid(),
                name(path),
                String.join(" ", info.arguments().orElse(new String[0]))));
  }

  /** A program that an update has replaced still runs from its deleted file. */
  private static String name(String path) {
    String name = String.valueOf(Path.of(path).getFileName());
    return name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
  }
}
