package dev.jvault.setup;

import dev.jvault.command.ShellQuote;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code direnv}: the line {@code use jvault dev} in a folder's {@code .envrc}. */
final class DirenvTarget implements SetupTarget {
  private static final Description DESCRIPTION =
      new Description("direnv", "`use jvault NAME` in the .envrc of a folder", false, false);

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return context.command(List.of("direnv")).map(Path::toString);
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    if (detected(context).isEmpty()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "direnv is not installed here (no direnv on the PATH); install it, then try again.");
    }
    Path file = folder(context).resolve("lib/jvault.sh");
    return new Wishes(
        List.of(new SetupEdit.WholeFile("direnv", file, function(context.command()))),
        List.of("In a folder: write `use jvault NAME` into its .envrc, then run `direnv allow`."));
  }

  /** direnv's own order of places. */
  private static Path folder(SetupContext context) {
    return context.path("DIRENV_CONFIG").orElseGet(() -> context.configHome().resolve("direnv"));
  }

  private static String function(String command) {
    return """
    # Written by `jvault setup direnv`; `jvault setup --undo direnv` removes it.
    # In an .envrc: use jvault NAME
    use_jvault() {
      local lines
      if [ $# -ne 1 ]; then
        log_error "use jvault NAME: name one profile"
        return 1
      fi
      # Also when it fails: a profile that needs an answer from you has it after `jvault unlock`.
      watch_file "${AWS_CONFIG_FILE:-$HOME/.aws/config}"
      lines=$(%s env --shell sh "$1") || return
      eval "$lines"
    }
    """
        .formatted(ShellQuote.posix(command));
  }
}
