package dev.jvault.setup;

import dev.jvault.command.ShellQuote;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code shell}: completion, and the profile and its time left in the prompt, for the user's shell
 * and for starship.
 */
final class ShellTarget implements SetupTarget {
  private static final Description DESCRIPTION =
      new Description("shell", "completion and a prompt with profile and time left", false, false);
  private static final String ID = "shell";
  private static final Path BASH_COMPLETION = Path.of("/usr/share/bash-completion/bash_completion");

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return StartFile.of(context).map(file -> file.shell() + ", " + file.path());
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    StartFile file =
        StartFile.of(context)
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.FAULT,
                    "The shell %s is none of bash, zsh and fish; set SHELL to one of them to set it up."
                        .formatted(context.variable("SHELL").orElse("(SHELL is not set)"))));
    List<String> lines = lines(file, context);
    List<SetupEdit> edits = new ArrayList<>();
    edits.add(new SetupEdit.Block(ID, file.path(), _ -> SetupEdit.Insertion.atEnd(lines)));
    starship(context).ifPresent(edits::add);
    return new Wishes(
        edits,
        List.of(
            "Open a new %s: `jvault <TAB>` completes, and inside `jvault exec` the prompt shows the profile and the time left."
                .formatted(file.shell())));
  }

  /** The lines for a shell; those for completion only if the shell does not find it by itself. */
  private static List<String> lines(StartFile file, SetupContext context) {
    List<String> lines = new ArrayList<>();
    part(context, "jvault-shell/prompt." + file.shell()).map(file::source).ifPresent(lines::add);
    boolean found =
        context.installedInTheSystem()
            && (!file.shell().equals("bash") || context.exists(BASH_COMPLETION));
    if (!found) {
      part(context, file.completion()).map(file::source).ifPresent(lines::add);
    }
    if (lines.isEmpty()) {
      throw new JvaultException(
          ExitCode.FAULT,
          found
              ? file.shell() + " completes jvault by itself already; there is nothing to set up."
              : "Parts of jvault are missing (%s); install it again."
                  .formatted(context.share(file.completion())));
    }
    return lines;
  }

  private static Optional<Path> part(SetupContext context, String name) {
    return Optional.of(context.share(name)).filter(context::exists);
  }

  private static Optional<SetupEdit> starship(SetupContext context) {
    Path file =
        context
            .path("STARSHIP_CONFIG")
            .orElseGet(() -> context.home().resolve(".config/starship.toml"));
    Optional<Path> script = part(context, "jvault-shell/prompt.bash");
    boolean starship = context.command(List.of("starship")).isPresent() || context.exists(file);
    return starship ? script.map(path -> module(file, path)) : Optional.empty();
  }

  private static SetupEdit module(Path file, Path script) {
    String prompt = ShellQuote.posix(script.toString());
    List<String> lines =
        List.of(
            "[custom.jvault]",
            "description = \"The profile of jvault and the time left of its session\"",
            "when = 'test -n \"$JVAULT_PROFILE\"'",
            "command = \"" + toml(". " + prompt + "; jvault_prompt") + "\"",
            "shell = [\"bash\", \"--noprofile\", \"--norc\"]",
            "style = \"bold yellow\"");
    return new SetupEdit.Block(
        ID,
        file,
        content -> {
          boolean own =
              Bytes.text(content)
                  .lines()
                  .anyMatch(line -> line.strip().startsWith("[custom.jvault]"));
          return SetupEdit.Insertion.atEnd(own ? List.of() : lines);
        });
  }

  private static String toml(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public List<String> undoNotes() {
    return List.of("Shells that are open keep what they have loaded; open a new one.");
  }
}
