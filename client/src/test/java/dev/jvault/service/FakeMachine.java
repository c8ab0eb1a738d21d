package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.RuntimeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A machine with one user: real files in a temporary folder, a systemd that enables, starts and
 * forgets units as the real one does, and programs that print what a test defines.
 */
final class FakeMachine implements UserCommands, DaemonControl {
  /** Every command that changes something, and what the daemon was asked, in order. */
  final List<String> log = new ArrayList<>();

  final Map<String, String> environment = new HashMap<>();
  final Set<String> enabled = new HashSet<>();
  final Set<String> active = new HashSet<>();
  final Set<String> failed = new HashSet<>();
  String osName = "Linux";
  String unitPath = "";
  long daemonPid;
  private final Path folder;
  private final Map<String, CommandResult> answers = new HashMap<>();

  FakeMachine(Path folder) {
    this.folder = folder;
    environment.put("HOME", home().toString());
    environment.put("USER", "alice");
    environment.put("SHELL", "/bin/bash");
    makeFolder(home());
    bootsSystemd();
    write("root/proc/net/if_inet6", "");
  }

  /** Makes systemd the first process of the machine. */
  FakeMachine bootsSystemd() {
    makeFolder(folder.resolve("root/run/systemd/system"));
    return this;
  }

  /** A machine that something else has booted. */
  FakeMachine withoutSystemd() {
    try {
      Files.delete(folder.resolve("root/run/systemd/system"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path home() {
    return folder.resolve("home");
  }

  Path file(String belowHome) {
    return home().resolve(belowHome);
  }

  /** Writes a file below the temporary folder. */
  FakeMachine write(String file, String content) {
    Path path = folder.resolve(file);
    makeFolder(path.resolveSibling(""));
    try {
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The content of a file below the home; empty if there is none. */
  String read(String belowHome) {
    return UserFiles.read(file(belowHome)).map(UserFiles::text).orElse("");
  }

  /** Every file below the home. */
  List<String> files() {
    try (var files = Files.walk(home())) {
      return files
          .filter(file -> !file.equals(home()))
          .map(file -> home().relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets commands whose line begins with this text end like this. */
  FakeMachine answers(String beginning, int exit, String output) {
    answers.put(beginning, new CommandResult(exit, output));
    return this;
  }

  Service service() {
    return new Service(new Ways(user(), this, this, folder.resolve("root")), this, this);
  }

  ServiceUser user() {
    return new ServiceUser(
        osName,
        1000,
        environment,
        RuntimeFiles.of(environment, osName),
        Path.of("/opt/jv/bin/jvault"));
  }

  @Override
  public boolean has(String program) {
    return true;
  }

  @Override
  public CommandResult run(Command command) {
    String line = command.rendered();
    for (Map.Entry<String, CommandResult> answer : answers.entrySet()) {
      if (line.startsWith(answer.getKey())) {
        log.add(line);
        return answer.getValue();
      }
    }
    if (line.startsWith("systemctl --user show")) {
      return new CommandResult(0, show(command.words()));
    }
    if (!line.startsWith("journalctl")
        && !line.startsWith("loginctl")
        && !line.startsWith("systemd-run")) {
      log.add(line);
      change(command.words());
    }
    return new CommandResult(0, "");
  }

  @Override
  public int copy(Command command, OutputStream out) {
    try {
      CommandResult result = run(command);
      out.write(result.output().getBytes(StandardCharsets.UTF_8));
      return result.exit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String show(List<String> words) {
    if (words.get(2).equals("show-environment")) {
      return "HOME=" + home() + "\n";
    }
    String unit = words.get(3);
    if (unit.equals("--property=UnitPath")) {
      return file(".config/systemd/user") + " /etc/systemd/user " + unitPath + "\n";
    }
    if (unit.startsWith("-")) {
      return "Version=252\n";
    }
    boolean loaded = Files.exists(file(".config/systemd/user/" + unit)) || !unitPath.isEmpty();
    return "LoadState=%s\nActiveState=%s\nUnitFileState=%s\nMainPID=77\nResult=exit-code\n"
        .formatted(
            loaded ? "loaded" : "not-found",
            failed.contains(unit) ? "failed" : active.contains(unit) ? "active" : "inactive",
            enabled.contains(unit) ? "enabled" : "disabled");
  }

  private void change(List<String> words) {
    if (words.size() < 4) {
      return;
    }
    List<String> units = words.subList(3, words.size());
    switch (words.get(2)) {
      case "enable" -> enabled.addAll(units);
      case "disable" -> enabled.removeAll(units);
      case "start" -> active.addAll(units);
      case "stop" -> active.removeAll(units);
      default -> {}
    }
  }

  @Override
  public long pid() {
    return daemonPid;
  }

  @Override
  public void stop() {
    log.add("stop daemon");
    daemonPid = 0;
  }

  @Override
  public void start() {
    log.add("start daemon");
    daemonPid = 4711;
  }

  private static void makeFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
