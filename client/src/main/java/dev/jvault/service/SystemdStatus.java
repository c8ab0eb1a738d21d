package dev.jvault.service;

import static dev.jvault.service.Systemd.SERVICE;
import static dev.jvault.service.Systemd.SOCKET;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What systemd knows of the service, for people. */
final class SystemdStatus {
  private static final int LAST_LINES = 5;

  private final Systemd systemd;
  private final SystemdFiles files;
  private final UserCommands commands;

  SystemdStatus(Systemd systemd, SystemdFiles files, UserCommands commands) {
    this.systemd = systemd;
    this.files = files;
    this.commands = commands;
  }

  List<StatusRow> rows() {
    SystemdUnit socket = systemd.socket();
    SystemdUnit service = systemd.service();
    var rows = new ArrayList<StatusRow>();
    rows.add(new StatusRow("files", places(socket, service)));
    rows.add(new StatusRow("at login", atLogin(socket, service)));
    rows.add(new StatusRow("ports", ports(socket)));
    rows.add(new StatusRow("daemon", daemon(socket, service)));
    sandbox(service).ifPresent(text -> rows.add(new StatusRow("sandbox", text)));
    rows.add(
        new StatusRow(
            "after logout",
            systemd.lingers()
                ? "goes on, because this user lingers"
                : "ends; `loginctl enable-linger` keeps it, as a server without a desktop needs"));
    return rows;
  }

  private String places(SystemdUnit socket, SystemdUnit service) {
    var lines = new ArrayList<String>();
    for (Path place : files.places()) {
      if (Files.exists(place)) {
        boolean edited = OwnText.of(place) == OwnText.State.EDITED;
        lines.add(place + (edited ? " (edited by you, so jvault leaves it alone)" : ""));
      }
    }
    for (SystemdUnit unit : List.of(socket, service)) {
      String file = unit.property("FragmentPath");
      if (!file.isEmpty() && !lines.toString().contains(file)) {
        lines.add(file + " (of the package)");
      }
      if (unit.property("NeedDaemonReload").equals("yes")) {
        lines.add("systemd has not read a change of them; run `systemctl --user daemon-reload`");
      }
    }
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  private static String atLogin(SystemdUnit socket, SystemdUnit service) {
    if (!socket.enabled()) {
      return "nothing; `jvault service install` enables it";
    }
    return service.enabled()
        ? "the daemon starts"
        : "systemd listens, and the first request starts it";
  }

  /** What is special about the sandbox of the service; empty if it is whole, or may be. */
  private Optional<String> sandbox(SystemdUnit service) {
    if (files.withoutSandbox()) {
      return Optional.of(
          systemd.allowsSandbox()
              ? "less hardening, so that the daemon sees who asks (see-callers.conf)"
              : "less hardening, because this system gives a user's units no namespaces"
                  + " (see-callers.conf)");
    }
    return service.failed() && !systemd.allowsSandbox()
        ? Optional.of(
            "cannot be made, because this system gives a user's units no namespaces; `jvault"
                + " service install` installs see-callers.conf, which does without")
        : Optional.empty();
  }

  private String ports(SystemdUnit socket) {
    if (socket.active()) {
      return "systemd listens";
    }
    return socket.failed()
        ? "systemd cannot listen ("
            + socket.property("Result")
            + "):\n"
            + lastLines(commands, SOCKET)
        : "closed; `systemctl --user start " + SOCKET + "` opens them";
  }

  private String daemon(SystemdUnit socket, SystemdUnit service) {
    if (service.active()) {
      String text = service.property("StatusText");
      return "runs (pid " + service.property("MainPID") + ")" + (text.isEmpty() ? "" : ": " + text);
    }
    if (service.failed()) {
      return "failed (%s, exit status %s): %s\n%s"
          .formatted(
              service.property("Result"),
              service.property("ExecMainStatus"),
              service.property("StatusText"),
              lastLines(commands, SERVICE));
    }
    return socket.active() ? "starts at the next request" : "does not run";
  }

  /**
   * The last lines of a unit in the journal; empty if this user cannot read them. Of the service
   * those of the daemon only, because systemd's say less.
   */
  static String lastLines(UserCommands commands, String unit) {
    CommandResult result =
        unit.equals(SERVICE)
            ? journal(commands, unit, LAST_LINES, "_TRANSPORT=stdout")
            : journal(commands, unit, LAST_LINES);
    return result.succeeded() ? result.output() : "";
  }

  /** Whether this user can read the journal of the unit. */
  static boolean journalHas(UserCommands commands) {
    CommandResult result = journal(commands, SERVICE, 1);
    return result.succeeded() && !result.output().isBlank();
  }

  private static CommandResult journal(
      UserCommands commands, String unit, int lines, String... matches) {
    var words =
        new ArrayList<>(
            List.of(
                "journalctl",
                "--user",
                "--unit=" + unit,
                "--no-pager",
                "--quiet",
                "--output=cat",
                "--lines=" + lines));
    words.addAll(List.of(matches));
    return commands.run(new Command(words));
  }
}
