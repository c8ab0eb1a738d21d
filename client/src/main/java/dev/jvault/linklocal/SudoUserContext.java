package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Acts as the caller of sudo: root runs jvault with that user's ids and groups, without
 * capabilities, and in a new environment.
 */
final class SudoUserContext implements UserContext {
  /** Paths of the user's files, passed on if root has them; sudo itself removes them by default. */
  private static final List<String> PATHS =
      List.of(
          "JVAULT_HOME",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "JVAULT_PASSPHRASE_FILE");

  /** The exit statuses of setpriv and env if a program is not found or not executable. */
  private static final Set<Integer> CANNOT_RUN =
      Set.of(ExitCode.NOT_EXECUTABLE.status(), ExitCode.NOT_FOUND.status());

  private final SystemCommands commands;
  private final InvokingUser invokingUser;
  private final PasswdEntry user;
  private final Path runtimeFolders;

  SudoUserContext(
      SystemCommands commands, InvokingUser invokingUser, PasswdEntry user, Path runtimeFolders) {
    this.commands = commands;
    this.invokingUser = invokingUser;
    this.user = user;
    this.runtimeFolders = runtimeFolders;
  }

  @Override
  public Reply ports(String profile) {
    return run("ports", "--", profile);
  }

  @Override
  public String probe() {
    return run("probe").text();
  }

  private Reply run(String... words) {
    if (invokingUser.launcher().isEmpty()) {
      throw new JvaultException(
          ExitCode.FAULT, "Only the launcher script can run as another user; use it.");
    }
    Map<String, String> environment = environment();
    var command = new ArrayList<String>();
    if (!invokingUser.isMac() && commands.has("setpriv")) {
      command.add("setpriv");
      command.add("--reuid=" + user.uid());
      command.add("--regid=" + user.gid());
      command.add("--init-groups");
      command.add("--inh-caps=-all");
    } else {
      command.addAll(List.of("sudo", "-u", "#" + user.uid(), "--", "/usr/bin/env", "-i"));
      environment.forEach((name, value) -> command.add(name + "=" + value));
    }
    command.addAll(List.of(invokingUser.launcher(), "link-local"));
    command.addAll(List.of(words));
    CommandResult result = commands.runAttended(command, environment);
    if (CANNOT_RUN.contains(result.exit())) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The user %s cannot run %s; install jvault where all users can read it."
              .formatted(user.name(), invokingUser.launcher()));
    }
    return new Reply(result.exit(), result.output());
  }

  private Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    environment.put("PATH", FixedPathCommands.PATH);
    environment.put("HOME", user.home());
    environment.put("USER", user.name());
    environment.put("LOGNAME", user.name());
    Path runtime = runtimeFolders.resolve(Long.toString(user.uid()));
    if (isTheirs(runtime)) {
      environment.put("XDG_RUNTIME_DIR", runtime.toString());
      Path bus = runtime.resolve("bus");
      // The keyring is reached through it.
      if (isTheirs(bus)) {
        environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + bus);
      }
    }
    if (invokingUser.isMac()) {
      temporaryFolder().ifPresent(folder -> environment.put("TMPDIR", folder));
    }
    for (String name : PATHS) {
      String value = invokingUser.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        environment.put(name, Path.of(value).toAbsolutePath().normalize().toString());
      }
    }
    return environment;
  }

  /** The user's temporary folder, for what the user's own programs keep there on macOS. */
  private Optional<String> temporaryFolder() {
    CommandResult result =
        commands.run(
            Command.of(
                "sudo", "-u", "#" + user.uid(), "--", "/usr/bin/getconf", "DARWIN_USER_TEMP_DIR"));
    String folder = result.output().strip();
    return result.succeeded() && folder.startsWith("/") ? Optional.of(folder) : Optional.empty();
  }

  private boolean isTheirs(Path file) {
    try {
      Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return ((Number) owner).longValue() == user.uid();
    } catch (IOException _) {
      return false;
    }
  }
}
