package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The user's systemd: what it knows of jvault's units. */
final class Systemd {
  static final String SOCKET = "jvault.socket";
  static final String SERVICE = "jvault.service";

  private final ServiceUser user;
  private final UserCommands commands;

  Systemd(ServiceUser user, UserCommands commands) {
    this.user = user;
    this.commands = commands;
  }

  /** The command {@code systemctl --user} with these words. */
  static Command systemctl(String... words) {
    return new Command(Stream.concat(Stream.of("systemctl", "--user"), Stream.of(words)).toList());
  }

  /** Asks the user's manager for its version, which is the first thing that fails without it. */
  CommandResult reach() {
    return commands.run(systemctl("show", "--property=Version"));
  }

  SystemdUnit socket() {
    return unit(SOCKET);
  }

  SystemdUnit service() {
    return unit(SERVICE);
  }

  private SystemdUnit unit(String name) {
    Command show = systemctl("show", name, "--property=" + SystemdUnit.PROPERTIES);
    return SystemdUnit.read(commands.run(show).output());
  }

  /** The folders of units, those that win first. */
  List<Path> folders() {
    String output = commands.run(systemctl("show", "--property=UnitPath", "--value")).output();
    return Stream.of(output.strip().split(" ", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(Path::of)
        .toList();
  }

  /**
   * The folder of the user's own units. Only systemd itself knows it, because its environment may
   * have another XDG_CONFIG_HOME than this process.
   */
  Path ownFolder() {
    return folders().stream()
        .filter(folder -> folder.endsWith("systemd/user"))
        .findFirst()
        .orElseGet(() -> user.settings().resolve("systemd/user"));
  }

  /** The variables that systemd gives to units. */
  Map<String, String> environment() {
    return SystemdUnit.assignments(commands.run(systemctl("show-environment")).output());
  }

  /** Whether units go on after the user's last logout. */
  boolean lingers() {
    return commands
        .run(Command.of("loginctl", "show-user", Long.toString(user.uid()), "--property=Linger"))
        .output()
        .strip()
        .equals("Linger=yes");
  }
}
