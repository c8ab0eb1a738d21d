package dev.jvault.service;

import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The ways in which a daemon can be started for the user, and which of them works here. */
final class Ways {
  private static final String ROOT = "/";

  private final ServiceUser user;
  private final UserCommands commands;
  private final Path root;
  private final Systemd systemd;
  private final SystemdWay units;
  private final LaunchAgent agent;
  private final Autostart autostart;
  private final LoginShell shell;

  /**
   * All ways of this system.
   *
   * @param root the root of the file system, for what the kernel and systemd show there
   */
  Ways(ServiceUser user, UserCommands commands, DaemonControl daemon, Path root) {
    this.user = user;
    this.commands = commands;
    this.root = root;
    int port = PortFile.port(user.files().state());
    systemd = new Systemd(user, commands);
    units =
        new SystemdWay(
            systemd,
            new SystemdFiles(user, systemd, port, Files.exists(root.resolve("proc/net/if_inet6"))),
            commands,
            daemon,
            new PortGuard(port, user.uid(), new PortHolders(root.resolve("proc"))));
    agent = new LaunchAgent(user, commands, daemon);
    autostart = new Autostart(user, daemon);
    shell = new LoginShell(user, daemon);
  }

  /** Those of this machine. */
  static Ways of(ServiceUser user, UserCommands commands, DaemonControl daemon) {
    return new Ways(user, commands, daemon, Path.of(ROOT));
  }

  /**
   * The best way that works here.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if systemd runs and cannot be reached
   */
  Way best() {
    if (user.isMac()) {
      return agent;
    }
    if (booted()) {
      requireManager();
      return units;
    }
    return hasDesktop() ? autostart : shell;
  }

  /** Every way of which something is installed. */
  List<Way> installed() {
    return all().stream().filter(Way::installed).toList();
  }

  /** What would work better here; ends in a newline if it is not empty. */
  String advice() {
    return !user.isMac() && !booted() && isWsl()
        ? "With `systemd=true` below `[boot]` in /etc/wsl.conf, and after `wsl --shutdown`, systemd"
            + " can start it: run `jvault service install` again then.\n"
        : "";
  }

  private List<Way> all() {
    if (user.isMac()) {
      return List.of(agent);
    }
    return booted() && systemd.reach().succeeded()
        ? List.of(units, autostart, shell)
        : List.of(autostart, shell);
  }

  /** Whether systemd runs this machine, by the check of sd_booted(3). */
  private boolean booted() {
    return Files.isDirectory(root.resolve("run/systemd/system")) && commands.has("systemctl");
  }

  private void requireManager() {
    CommandResult result = systemd.reach();
    if (!result.succeeded()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "systemd runs here but not for this user"
              + result.because()
              + "; log in as "
              + user.name()
              + " on the desktop or by ssh, or run `sudo loginctl enable-linger "
              + user.name()
              + "`, then try again.");
    }
  }

  /** WSL shows windows without a desktop that would read the autostart folder. */
  private boolean hasDesktop() {
    boolean named =
        !user.variable("XDG_CURRENT_DESKTOP").isEmpty()
            || !user.variable("DESKTOP_SESSION").isEmpty();
    return named && !isWsl();
  }

  private boolean isWsl() {
    try {
      Path release = root.resolve("proc/sys/kernel/osrelease");
      return !user.variable("WSL_DISTRO_NAME").isEmpty()
          || Files.readString(release).toLowerCase(Locale.ROOT).contains("microsoft");
    } catch (IOException _) {
      return false;
    }
  }
}
