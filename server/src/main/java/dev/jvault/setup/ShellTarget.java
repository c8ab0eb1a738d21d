package dev.jvault.setup;

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
    lines.add(file.source(part(context, "jvault/prompt." + file.shell())));
    boolean found =
        context.installedInTheSystem()
            && (!file.shell().equals("bash") || context.exists(BASH_COMPLETION));
    if (!found) {
      lines.add(file.source(part(context, file.completion())));
    }
    return lines;
  }

  private static Path part(SetupContext context, String name) {
    Path path = context.share(name);
    if (!context.exists(path)) {
      throw new JvaultException(
          ExitCode.FAULT, "Parts of jvault are missing (" + path + "); install it again.");
    }
    return path;
  }

  private static Optional<SetupEdit> starship(SetupContext context) {
    Path file =
        context
            .variable("STARSHIP_CONFIG")
            .filter(path -> path.startsWith("/"))
            .map(Path::of)
            .orElseGet(() -> context.home().resolve(".config/starship.toml"));
    if (context.command(List.of("starship")).isEmpty() && !context.exists(file)) {
      return Optional.empty();
    }
    String prompt = ShellQuote.single(part(context, "jvault/prompt.bash").toString());
    List<String> lines =
        List.of(
            "[custom.jvault]",
            "description = \"The profile of jvault and the time left of its session\"",
            "when = 'test -n \"$JVAULT_PROFILE\"'",
            "command = \"" + toml(". " + prompt + "; jvault_prompt") + "\"",
            "shell = [\"bash\", \"--noprofile\", \"--norc\"]",
            "style = \"bold yellow\"");
    return Optional.of(
        new SetupEdit.Block(
            ID,
            file,
            content -> {
              boolean own =
                  Bytes.text(content)
                      .lines()
                      .anyMatch(line -> line.strip().startsWith("[custom.jvault]"));
              return SetupEdit.Insertion.atEnd(own ? List.of() : lines);
            }));
  }

  private static String toml(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public List<String> undoNotes() {
    return List.of("Shells that are open keep what they have loaded; open a new one.");
  }
}
