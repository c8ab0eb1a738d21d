package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A launch agent of macOS: launchd starts the daemon at login, and again after a crash. */
final class LaunchAgent implements Way {
  static final String LABEL = "dev.jvault.daemon";
  private static final String FILE = LABEL + ".plist";
  private static final Pattern FACT = Pattern.compile("(?m)^\t([a-z ]+) = (.*)$");
  private static final String EXIT_CODE = "last exit code";
  private static final String SIGNAL = "last terminating signal";

  private final ServiceUser user;
  private final UserCommands commands;
  private final DaemonControl daemon;

  LaunchAgent(ServiceUser user, UserCommands commands, DaemonControl daemon) {
    this.user = user;
    this.commands = commands;
    this.daemon = daemon;
  }

  @Override
  public String title() {
    return "launchd (" + LABEL + ")";
  }

  @Override
  public boolean installed() {
    return Files.exists(place());
  }

  @Override
  public Plan install(boolean atLogin) {
    List<Change> written = wanted().changes();
    boolean loaded = known().succeeded();
    if (written.isEmpty() && loaded) {
      return new Plan(List.of());
    }
    var changes = new ArrayList<>(written);
    Command load = launchctl("bootstrap", domain(), place().toString());
    Command unload = launchctl("bootout", target());
    if (loaded) {
      changes.add(Change.Run.of(unload));
    } else if (daemon.pid() != 0) {
      changes.add(new Change.StopDaemon());
    }
    changes.add(Change.Run.of(launchctl("enable", target())));
    changes.add(Change.Run.of(load, unload));
    return new Plan(changes);
  }

  @Override
  public Plan uninstall() {
    var changes = new ArrayList<Change>();
    if (known().succeeded()) {
      changes.add(Change.Run.of(launchctl("bootout", target())));
    }
    if (OwnText.of(place()) == OwnText.State.OURS) {
      changes.add(new Change.Delete(place()));
    }
    return new Plan(changes);
  }

  @Override
  public List<String> remarks() {
    return wanted().remark().stream().toList();
  }

  @Override
  public List<StatusRow> status() {
    CommandResult known = known();
    return List.of(
        new StatusRow("files", place() + (wanted().isEdited() ? " (edited by you)" : "")),
        new StatusRow("daemon", known.succeeded() ? state(known.output()) : notLoaded()));
  }

  private String notLoaded() {
    return "is not loaded; `launchctl bootstrap " + domain() + " " + place() + "` loads it";
  }

  private String state(String job) {
    Optional<String> pid = fact(job, "pid");
    if (pid.isPresent()) {
      return "runs (pid " + pid.get() + ")";
    }
    Optional<String> failure = failure(job);
    if (failure.isPresent()) {
      return "failed (%s), and launchd tries again; `jvault service logs` has the reason"
          .formatted(failure.get());
    }
    return daemon.pid() == 0
        ? "does not run, because it was stopped; the next login or the next jvault command starts it"
        : "runs (pid " + daemon.pid() + "), started by a command";
  }

  @Override
  public boolean failed() {
    CommandResult known = known();
    return installed() && (!known.succeeded() || isFailed(known.output()));
  }

  /** A job that has ended with success was stopped, or left the vault to a daemon that runs. */
  private static boolean isFailed(String job) {
    return fact(job, "pid").isEmpty() && failure(job).isPresent();
  }

  /** How the job's last process failed; empty if it has not, or if there was none. */
  private static Optional<String> failure(String job) {
    return fact(job, SIGNAL)
        .map(signal -> SIGNAL + ": " + signal)
        .or(() ->
            fact(job, EXIT_CODE)
                .filter(code -> code.matches("-?[1-9].*"))
                .map(code -> EXIT_CODE + ": " + code));
  }

  private CommandResult known() {
    return commands.run(launchctl("print", target()));
  }

  private static Optional<String> fact(String output, String name) {
    Matcher matcher = FACT.matcher(output);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return Optional.of(matcher.group(2));
      }
    }
    return Optional.empty();
  }

  private WantedFile wanted() {
    return new WantedFile(place(), UserFiles.bytes(OwnText.markedXml(text())));
  }

  private String text() {
    var variables = new StringBuilder();
    user.daemonVariables()
        .forEach((name, value) ->
            variables.append(
                "    <key>%s</key>\n    <string>%s</string>\n".formatted(name, escaped(value))));
    String environment =
        variables.isEmpty()
            ? ""
            : "  <key>EnvironmentVariables</key>\n  <dict>\n" + variables + "  </dict>\n";
    return Templates.fill(
        FILE,
        Map.of(
            "JVAULT", escaped(user.command().toString()),
            "LOG", escaped(user.files().log().toString()),
            "ENVIRONMENT", environment));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private Path place() {
    return user.home().resolve("Library/LaunchAgents").resolve(FILE);
  }

  private static Command launchctl(String... words) {
    var all = new ArrayList<>(List.of("launchctl"));
    all.addAll(List.of(words));
    return new Command(all);
  }

  private String domain() {
    return "gui/" + user.uid();
  }

  private String target() {
    return domain() + "/" + LABEL;
  }
}
