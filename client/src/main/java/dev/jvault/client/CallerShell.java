package dev.jvault.client;

import java.nio.file.Path;
import java.util.Optional;

/** The syntax of the shell that called this program, for {@code env} without {@code --shell}. */
final class CallerShell {
  private CallerShell() {}

  /** The value of {@code --shell} for the parent of a process, by the parent's program. */
  static String syntax(ProcessHandle process) {
    return syntax(process.parent().flatMap(parent -> parent.info().command()));
  }

  /** The same for a program; {@code sh} if it is unknown or no shell. */
  static String syntax(Optional<String> program) {
    String name = program.map(path -> Path.of(path).getFileName().toString()).orElse("");
    return switch (name) {
      case "fish" -> "fish";
      case "pwsh", "powershell" -> "powershell";
      default -> "sh";
    };
  }
}
