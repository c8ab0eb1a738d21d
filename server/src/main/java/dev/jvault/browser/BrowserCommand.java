package dev.jvault.browser;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.OutsideUnit;
import dev.jvault.prompt.Drivers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Opens a page in the caller's browser, with the commands in {@code BROWSER} or else with {@code
 * open} on macOS and {@code xdg-open} elsewhere. The address is an argument of its own, so that no
 * shell interprets it. Everybody on the machine can read it there, so it must not hold a secret.
 */
public final class BrowserCommand {
  /** A command that has not failed by then has started a browser. */
  private static final Duration START_LIMIT = Duration.ofSeconds(3);

  private static final String NULL = "/dev/null";

  private final Map<String, String> helper;
  private final String osName;
  private final boolean ofUnit;

  /**
   * A command with the caller's helper variables.
   *
   * @param ofUnit whether this daemon is a unit of systemd, out of whose sandbox a browser is put
   */
  public BrowserCommand(Map<String, String> helper, String osName, boolean ofUnit) {
    this.helper = helper;
    this.osName = osName;
    this.ofUnit = ofUnit;
  }

  /** Why no browser on this machine can be used; empty if one can. */
  public static Optional<BrowserObstacle> obstacle(Map<String, String> helper, String osName) {
    if (helper.containsKey("SSH_CONNECTION") || helper.containsKey("SSH_TTY")) {
      return Optional.of(BrowserObstacle.SSH);
    }
    if (helper.containsKey("WSL_DISTRO_NAME") && !hasLinuxBrowser(helper)) {
      return Optional.of(BrowserObstacle.WINDOWS);
    }
    return helper.containsKey("BROWSER") || new Drivers(osName).display(helper)
        ? Optional.empty()
        : Optional.of(BrowserObstacle.NO_DISPLAY);
  }

  /** Whether it is a browser on this machine, which can open addresses of 127.0.0.1. */
  public boolean isHere() {
    return obstacle(helper, osName).isEmpty();
  }

  /** Opens a page; false if every command failed. */
  public boolean open(String address) throws InterruptedException {
    return run(commands(address));
  }

  /** Runs the first command line that can be started; false if every one failed. */
  public boolean run(List<List<String>> commands) throws InterruptedException {
    for (List<String> words : commands) {
      // If systemd cannot start it, the daemon can.
      if ((ofUnit && starts(OutsideUnit.words(helper.keySet(), words))) || starts(words)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The command lines to try. {@code BROWSER} holds commands that are separated by colons, in which
   * {@code %s} stands for the address; without it, the address is the last argument.
   */
  List<List<String>> commands(String address) {
    String chosen = helper.getOrDefault("BROWSER", "");
    if (chosen.isBlank()) {
      return List.of(List.of(osName.startsWith("Mac") ? "open" : "xdg-open", address));
    }
    return Stream.of(chosen.split(":"))
        .map(String::strip)
        .filter(command -> !command.isEmpty())
        .map(command -> words(command, address))
        .toList();
  }

  private static boolean hasLinuxBrowser(Map<String, String> helper) {
    String chosen = helper.getOrDefault("BROWSER", "");
    return !chosen.isBlank() && Stream.of("wslview", ".exe", "/mnt/").noneMatch(chosen::contains);
  }

  private static List<String> words(String command, String address) {
    List<String> parts = isFile(command) ? List.of(command) : List.of(command.split("\\s+"));
    var words = new ArrayList<String>();
    parts.forEach(part -> words.add(part.replace("%s", address)));
    if (!command.contains("%s")) {
      words.add(address);
    }
    return words;
  }

  /** Whether the command is one path, which may contain spaces. */
  private static boolean isFile(String command) {
    try {
      return Files.isExecutable(Path.of(command));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /** Uses a shell only to find the command on the caller's PATH; the shell then becomes it. */
  private boolean starts(List<String> words) throws InterruptedException {
    var line = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\""));
    line.addAll(words);
    ProcessBuilder builder = HelperCommand.in(helper, line.toArray(String[]::new));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File(NULL)));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      return !process.waitFor(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          || process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
