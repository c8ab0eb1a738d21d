package dev.jvault.client;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.reference.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installation in a temporary folder: the real launcher script, and a shell script that stands
 * in for the Java runtime. The script records its arguments and environment and plays back output.
 */
final class InstalledTree {
  static final String VERSION = "0.1.0";

  /** The exit status and the output of a process. */
  record Result(int exit, String out, String error) {}

  final Path root;

  /** The folder of this version's parts, below the root. */
  final Path lib;

  final Path home;
  final Path config;
  private final Map<String, String> environment = new TreeMap<>();

  InstalledTree(Path folder) {
    root = folder.resolve("jvault");
    lib = root.resolve("lib/jvault").resolve(VERSION).resolve("lib");
    home = folder.resolve("home");
    config = folder.resolve("aws/config");
    try {
      Files.createDirectories(lib);
      Files.createDirectories(script().resolveSibling(""));
      Files.copy(Path.of("src/main/launcher/jvault"), script());
      executable(script());
      Files.createSymbolicLink(root.resolve("lib/jvault/current"), Path.of(VERSION));
      Files.createDirectories(launcher().resolveSibling(""));
      Files.createSymbolicLink(launcher(), Path.of("../lib/jvault/current/bin/jvault"));
      Files.copy(Path.of("src/main/launcher/jvm.bash"), lib.resolve("jvm.bash"));
      Files.createDirectories(lib.resolve("runtime/bin"));
      Files.writeString(lib.resolve("version"), VERSION + "\n");
      Files.writeString(lib.resolve("client.jars"), "client/a.jar\nclient/b.jar\n");
      Files.writeString(lib.resolve("server.jars"), "server/c.jar\n");
      Files.createDirectories(readyFolder());
      Files.setPosixFilePermissions(
          home.resolve("run"), PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(config.resolveSibling(""));
      Files.writeString(config, "[profile dev]\n");
      Files.setLastModifiedTime(config, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
      java("exit 77");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("JVAULT_HOME", home.toString());
    environment.put("SHLVL", "3");
    environment.put("PWD", Path.of("").toAbsolutePath().toString());
  }

  /** Adds what the build generates from the table of verbs, and the completions. */
  void addReference() throws IOException {
    Main.main(
        new String[] {
          lib.toString(), root.resolve("share").toString(), "..", "2026-11-22T00:00:00Z"
        });
  }

  /** The command, a link. */
  Path launcher() {
    return root.resolve("bin/jvault");
  }

  /** The script that the command leads to. */
  Path script() {
    return lib.resolve("../bin/jvault").normalize();
  }

  Path readyFolder() {
    return home.resolve("run/ready");
  }

  /** The launcher's environment. */
  Map<String, String> environment() {
    return environment;
  }

  /** Replaces the script that stands in for Java; its arguments are still recorded first. */
  void java(String script) {
    Path java = lib.resolve("runtime/bin/java");
    String record =
        "printf '%s\\n' \"$@\" >'" + root + "/java.args'; env -0 >'" + root + "/java.env'\n";
    write(java, "#!/bin/sh\n" + record + script + "\n");
    executable(java);
  }

  /** The arguments of the last start of Java; empty if it was not started. */
  List<String> javaArguments() {
    Path record = root.resolve("java.args");
    return Files.exists(record) ? read(record).lines().toList() : List.of();
  }

  /** The environment of the last start of Java, as {@code NAME=VALUE}. */
  List<String> javaEnvironment() {
    return variables(read(root.resolve("java.env")));
  }

  /** The lines of a valid ready file up to its plan; its daemon is this process. */
  List<String> readyLines() {
    var lines = new ArrayList<String>();
    lines.add("jvault-ready 1");
    lines.add("program " + VERSION);
    lines.add("pid " + ProcessHandle.current().pid());
    lines.add("started " + startTicks());
    lines.add("until 99999999999");
    Path mark = root.resolve("mark");
    lines.add("file + " + config);
    lines.add("real " + real(config));
    lines.add("mark " + mark);
    write(mark, "");
    touch(mark, config);
    lines.add("file - " + root.resolve("no-such-file"));
    Path folderMark = root.resolve("folder-mark");
    lines.add("folder " + config.resolveSibling(""));
    lines.add("mark " + folderMark);
    write(folderMark, "");
    touch(folderMark, config.resolveSibling(""));
    for (String name : CallerVariables.AWS) {
      lines.add("novar " + name);
    }
    lines.add("port 1");
    lines.add("path /credential-process/dev");
    lines.add("token-file " + root.resolve("token"));
    lines.add("proof the-proof");
    return lines;
  }

  /** Writes a profile's ready file: the lines, then the plan. */
  void ready(String name, List<String> lines, String... plan) {
    var all = new ArrayList<>(lines);
    all.add("jvault-plan 1");
    all.addAll(List.of(plan));
    all.add("end");
    write(readyFolder().resolve(name), String.join("\n", all) + "\n");
  }

  /** Runs the launcher and waits for its end. */
  Result run(String... args) {
    return runWithInput("", args);
  }

  Result runWithInput(String input, String... args) {
    var command = new ArrayList<String>();
    command.add(launcher().toString());
    command.addAll(List.of(args));
    return finish(command, input);
  }

  /** Runs any command in the launcher's environment. */
  Result finish(List<String> command, String input) {
    try {
      Path out = Files.createTempFile(root, "out", "");
      Path error = Files.createTempFile(root, "err", "");
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // The command did not read its input.
      }
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
      return new Result(process.exitValue(), read(out), read(error));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The variables in the output of {@code env -0}. */
  static List<String> variables(String output) {
    return Stream.of(output.split("\0", -1)).filter(entry -> !entry.isEmpty()).toList();
  }

  static String startTicks() {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return "0";
    }
    String text = read(stat);
    return text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[19];
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a file the modification time of another one. */
  private static void touch(Path file, Path like) {
    try {
      Files.setLastModifiedTime(file, Files.getLastModifiedTime(like));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void executable(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
