package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code environment.d}: variables for all programs that a systemd session starts. */
final class EnvironmentDTarget implements SetupTarget {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final String ID = "environment.d";
  private static final Description DESCRIPTION =
      new Description(ID, "every program of a Linux desktop asks for NAME", true, true);

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return !context.mac() && context.exists(SYSTEMD)
        ? Optional.of(SYSTEMD.toString())
        : Optional.empty();
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    if (context.mac()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "environment.d belongs to systemd, which macOS does not have; `jvault setup launchctl NAME` does the same here.");
    }
    String profile = OneProfile.of(profiles, DESCRIPTION);
    var text = new StringBuilder();
    text.append("# Written by `jvault setup environment.d`; with --undo it is removed.\n");
    DesktopVariables.of(profile, context)
        .forEach((name, value) -> text.append(name + "=" + quoted(value) + "\n"));
    Path file = context.configHome().resolve("environment.d/60-jvault.conf");
    return new Wishes(
        List.of(new SetupEdit.WholeFile(ID, file, text.toString())),
        List.of(
            "Log out and in again: programs that are running, the desktop itself included, do not have the variables yet.",
            context.exists(SYSTEMD)
                ? "A program that is started in a terminal gets them too; `jvault exec` still chooses another profile."
                : "systemd does not run here, so this has an effect only where it does."));
  }

  @Override
  public List<String> undoNotes() {
    return List.of("Log out and in again: programs that are running still have the variables.");
  }

  /** As environment.d(5) reads it: a backslash escapes, and a dollar sign would be replaced. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:@%+,=-]+")
        ? value
        : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"";
  }
}
