package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The user's systemd: what it knows of jvault's units. */
final class Systemd {
  static final String SOCKET = "jvault.socket";
  static final String SERVICE = "jvault.service";

  private static final List<String> PROBE =
      List.of("systemd-run", "--user", "--quiet", "--collect", "--wait");

  /** Of each kind of namespace and mount in the unit one. */
  private static final List<String> SANDBOX =
      List.of(
          "--property=PrivateUsers=yes",
          "--property=ProtectSystem=strict",
          "--property=ProtectKernelTunables=yes",
          "--property=ProtectControlGroups=yes",
          "--property=ProtectHostname=yes");

  private final ServiceUser user;
  private final UserCommands commands;
  private Optional<Boolean> sandbox = Optional.empty();

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

  /**
   * Whether a unit of the user gets the namespaces that the sandbox of jvault.service consists of.
   * Some kernels and containers forbid that, and systemd then does not start the unit.
   */
  boolean allowsSandbox() {
    if (sandbox.isEmpty()) {
      sandbox =
          Optional.of(
              !commands.has("systemd-run")
                  || succeeds(SANDBOX)
                  // Something else is wrong, such as a missing bus.
                  || !succeeds(List.of()));
    }
    return sandbox.get();
  }

  private boolean succeeds(List<String> properties) {
    var words = new ArrayList<>(PROBE);
    words.addAll(properties);
    words.addAll(List.of("--description=jvault looks which namespaces units get", "true"));
    return commands.run(new Command(words)).succeeded();
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
