package dev.jvault.setup;

import dev.jvault.command.ShellQuote;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code launchctl}: variables for all programs of a macOS desktop, which an agent sets at each
 * login.
 */
final class LaunchctlTarget implements SetupTarget {
  private static final String LABEL = "dev.jvault.environment";
  private static final String ID = "launchctl";
  private static final Description DESCRIPTION =
      new Description(ID, "every program of a macOS desktop asks for NAME", true, true);

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return context.mac() ? Optional.of("macOS") : Optional.empty();
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    if (!context.mac()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "launchctl belongs to macOS; `jvault setup environment.d NAME` does the same here.");
    }
    String profile = OneProfile.of(profiles, DESCRIPTION);
    Path file = context.home().resolve("Library/LaunchAgents/" + LABEL + ".plist");
    return new Wishes(
        List.of(new SetupEdit.WholeFile(ID, file, agent(DesktopVariables.of(profile, context)))),
        List.of(
            "Log out and in again, or run `launchctl bootstrap gui/$(id -u) %s`; then quit and start the programs that are running."
                .formatted(ShellQuote.posix(file.toString()))));
  }

  @Override
  public List<String> undoNotes() {
    return List.of("Log out and in again: programs that are running still have the variables.");
  }

  private static String agent(Map<String, String> variables) {
    String commands =
        variables.entrySet().stream()
            .map(variable ->
                "launchctl setenv "
                    + variable.getKey()
                    + " "
                    + ShellQuote.posix(variable.getValue()))
            .collect(Collectors.joining("; "));
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <!-- Written by `jvault setup launchctl`; with the option undo it is removed. -->
    <plist version="1.0">
    <dict>
      <key>Label</key>
      <string>%s</string>
      <key>ProgramArguments</key>
      <array>
        <string>/bin/sh</string>
        <string>-c</string>
        <string>%s</string>
      </array>
      <key>RunAtLoad</key>
      <true/>
    </dict>
    </plist>
    """
        .formatted(LABEL, xml(commands));
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
