package dev.jvault.service;

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
  private static final Pattern FACT = Pattern.compile("(?m)^\t(state|pid|last exit code) = (.*)$");

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
    UserCommands.Result known = known();
    String text = known.succeeded() ? known.output() : "";
    String pid = fact(text, "pid").orElse("");
    String exit = fact(text, "last exit code").orElse("unknown");
    String state =
        !known.succeeded()
            ? "is not loaded; `launchctl bootstrap " + domain() + " " + place() + "` loads it"
            : pid.isEmpty()
                ? "does not run (last exit code: " + exit + ")"
                : "runs (pid " + pid + ")";
    return List.of(
        new StatusRow("files", place() + (wanted().isEdited() ? " (edited by you)" : "")),
        new StatusRow("daemon", state));
  }

  @Override
  public boolean failed() {
    UserCommands.Result known = known();
    return installed() && (!known.succeeded() || fact(known.output(), "pid").isEmpty());
  }

  private UserCommands.Result known() {
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
                "    <key>%s</key>
    <string>%s</string>
".formatted(name, escaped(value))));
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
