package dev.jvault.setup;

import dev.jvault.command.ShellQuote;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that an interactive shell reads when it starts.
 *
 * @param shell {@code bash}, {@code zsh} or {@code fish}
 */
record StartFile(String shell, Path path) {
  /** The file of the caller's shell; empty if that is another one. */
  static Optional<StartFile> of(SetupContext context) {
    String shell = context.variable("SHELL").orElse("");
    return switch (shell.substring(shell.lastIndexOf('/') + 1)) {
      // A terminal of macOS starts login shells, which read no .bashrc.
      case "bash" ->
          Optional.of(
              new StartFile(
                  "bash", context.home().resolve(context.mac() ? ".bash_profile" : ".bashrc")));
      case "zsh" ->
          Optional.of(
              new StartFile(
                  "zsh", context.path("ZDOTDIR").orElseGet(context::home).resolve(".zshrc")));
      case "fish" ->
          Optional.of(new StartFile("fish", context.configHome().resolve("fish/config.fish")));
      default -> Optional.empty();
    };
  }

  /** The file below {@code share} that completes in this shell. */
  String completion() {
    return switch (shell) {
      case "bash" -> "bash-completion/completions/jvault";
      case "zsh" -> "jvault-shell/completion.zsh";
      default -> "fish/vendor_completions.d/jvault.fish";
    };
  }

  /** A line that reads a file; it does nothing once jvault has been uninstalled. */
  String source(Path file) {
    if (shell.equals("fish")) {
      String quoted = ShellQuote.fish(file.toString());
      return "test -r " + quoted + "; and source " + quoted;
    }
    String quoted = ShellQuote.posix(file.toString());
    return "[ ! -r " + quoted + " ] || . " + quoted;
  }
}
