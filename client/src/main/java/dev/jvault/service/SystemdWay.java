package dev.jvault.service;

import static dev.jvault.service.Systemd.SERVICE;
import static dev.jvault.service.Systemd.SOCKET;
import static dev.jvault.service.Systemd.systemctl;

import dev.jvault.program.Command;
import dev.jvault.protocol.PrintableText;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Units of the user's systemd: it listens on the ports and on the control socket, and starts the
 * daemon at the first request.
 */
final class SystemdWay implements Way {
  private static final Command RELOAD = systemctl("daemon-reload");

  private final Systemd systemd;
  private final SystemdFiles files;
  private final UserCommands commands;
  private final DaemonControl daemon;
  private final PortGuard port;

  SystemdWay(
      Systemd systemd,
      SystemdFiles files,
      UserCommands commands,
      DaemonControl daemon,
      PortGuard port) {
    this.systemd = systemd;
    this.files = files;
    this.commands = commands;
    this.daemon = daemon;
    this.port = port;
  }

  @Override
  public String title() {
    return "systemd (" + SOCKET + ", " + SERVICE + ")";
  }

  @Override
  public boolean installed() {
    return systemd.socket().enabled() || files.places().stream().anyMatch(Files::exists);
  }

  @Override
  public Plan install(boolean atLogin) {
    SystemdUnit socket = systemd.socket();
    SystemdUnit service = systemd.service();
    if (!socket.active()) {
      port.refuseTaken(daemon.pid());
    }
    List<Change> written = writes();
    boolean listensElsewhere = written.stream().anyMatch(SystemdWay::isAboutSocket);
    var changes = new ArrayList<Change>();
    if (!written.isEmpty()) {
      changes.add(new Change.AfterUndo(RELOAD));
      changes.addAll(written);
      changes.add(Change.Run.of(RELOAD));
    }
    boolean restart = socket.active() && listensElsewhere;
    if (restart) {
      changes.add(Change.Run.of(systemctl("stop", SERVICE, SOCKET), systemctl("start", SOCKET)));
    } else if (!socket.active() && service.active()) {
      changes.add(Change.Run.of(systemctl("stop", SERVICE), systemctl("start", SERVICE)));
    } else if (!socket.active() && daemon.pid() != 0) {
      changes.add(new Change.StopDaemon());
    } else if (service.active() && !written.isEmpty()) {
      // What is written counts from its next start on.
      changes.add(Change.Run.of(systemctl("restart", SERVICE)));
    }
    if (socket.failed() || service.failed()) {
      changes.add(Change.Run.optional(systemctl("reset-failed", SOCKET, SERVICE)));
    }
    if (!socket.enabled()) {
      changes.add(Change.Run.of(systemctl("enable", SOCKET), systemctl("disable", SOCKET)));
    }
    if (atLogin && !service.enabled()) {
      changes.add(Change.Run.of(systemctl("enable", SERVICE), systemctl("disable", SERVICE)));
    }
    if (!socket.active() || restart) {
      changes.add(Change.Run.of(systemctl("start", SOCKET), systemctl("stop", SERVICE, SOCKET)));
    }
    return new Plan(changes);
  }

  /** What to write, and what of ours to delete because it is not wanted any more. */
  private List<Change> writes() {
    var changes = new ArrayList<Change>();
    List<WantedFile> wanted = files.wanted();
    for (Path place : files.places()) {
      Optional<WantedFile> file =
          wanted.stream().filter(one -> one.path().equals(place)).findFirst();
      if (file.isPresent()) {
        changes.addAll(file.get().changes());
      } else if (OwnText.of(place) == OwnText.State.OURS) {
        changes.add(new Change.Delete(place));
      }
    }
    return changes;
  }

  private static boolean isAboutSocket(Change change) {
    return switch (change) {
      case Change.Write write -> SystemdFiles.isOfSocket(write.file());
      case Change.Delete delete -> SystemdFiles.isOfSocket(delete.file());
      default -> false;
    };
  }

  @Override
  public Plan uninstall() {
    if (!installed()) {
      return new Plan(List.of());
    }
    var changes = new ArrayList<Change>();
    if (systemd.socket().loaded() || systemd.service().loaded()) {
      changes.add(Change.Run.of(systemctl("disable", SOCKET, SERVICE)));
      changes.add(Change.Run.of(systemctl("stop", SERVICE, SOCKET)));
    }
    for (Path place : files.places()) {
      if (OwnText.of(place) == OwnText.State.OURS) {
        changes.add(new Change.Delete(place));
      }
    }
    files.folders().forEach(folder -> changes.add(new Change.DeleteEmpty(folder)));
    changes.add(Change.Run.of(RELOAD));
    changes.add(Change.Run.optional(systemctl("reset-failed", SOCKET, SERVICE)));
    return new Plan(changes);
  }

  @Override
  public List<String> remarks() {
    var remarks = new ArrayList<String>();
    files.wanted().forEach(file -> file.remark().ifPresent(remarks::add));
    if (files.withoutSandbox() && !systemd.allowsSandbox()) {
      remarks.add(
          "This system gives a user's units no namespaces, so jvault.service runs with less"
              + " hardening (see-callers.conf).\n");
    }
    return remarks;
  }

  @Override
  public List<StatusRow> status() {
    return new SystemdStatus(systemd, files, commands).rows();
  }

  @Override
  public boolean failed() {
    return systemd.socket().failed() || systemd.service().failed();
  }

  @Override
  public String lastWords() {
    return SystemdStatus.lastLines(commands, SERVICE)
        .lines()
        .reduce("", (_, last) -> PrintableText.oneLine(last));
  }

  @Override
  public int logs(boolean follow, OutputStream out) {
    Command command =
        Command.of("journalctl", "--user", "--unit=" + SERVICE, "--no-pager", "--output=short-iso");
    if (!commands.has("journalctl") || !SystemdStatus.journalHas(commands)) {
      return -1;
    }
    if (!follow) {
      return commands.copy(command, out);
    }
    var words = new ArrayList<>(command.words());
    words.add("--follow");
    return commands.copy(new Command(words), out);
  }
}
