package dev.jvault.setup;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A home folder in which things are set up, without a daemon, and an installation beside it. */
final class SetupHome {
  final Path home;
  final Path prefix;
  final Map<String, String> variables = new HashMap<>();
  final List<ServedAddress> served = new ArrayList<>();
  final List<RunningPrograms.Program> programs = new ArrayList<>();
  final Map<String, String> regions = new HashMap<>();
  final Map<String, List<String>> chains = new HashMap<>();
  private final Setup setup;
  private String osName = "Linux";
  Path installed;

  SetupHome(Path folder) {
    this.home = created(folder.resolve("home"));
    this.prefix = created(folder.resolve("opt/jvault"));
    this.installed = prefix.resolve("bin/jvault");
    this.setup = new Setup(created(folder.resolve("state")), new FakeClock());
    variables.put("HOME", home.toString());
    variables.put("PATH", created(folder.resolve("bin")).toString());
    regions.put("dev", "eu-west-1");
    for (String part :
        List.of(
            "jvault-shell/prompt.bash",
            "jvault-shell/prompt.zsh",
            "jvault-shell/prompt.fish",
            "jvault-shell/completion.zsh",
            "bash-completion/completions/jvault",
            "fish/vendor_completions.d/jvault.fish")) {
      write(prefix.resolve("share").resolve(part), "echo loaded " + part + "\n");
    }
  }

  SetupHome onMac() {
    osName = "Mac OS X";
    return this;
  }

  SetupHome served(String profile) {
    served.add(
        new ServedAddress(
            profile,
            "http://127.0.0.1:9170/credentials/" + profile,
            home.resolve("state dir/tokens/server-" + profile)));
    return this;
  }

  /** A program on the PATH. */
  SetupHome program(String name) {
    Path program = Path.of(variables.get("PATH")).resolve(name);
    write(program, "#!/bin/sh\n");
    program.toFile().setExecutable(true);
    return this;
  }

  Path config() {
    return home.resolve(".aws/config");
  }

  SetupHome config(String text) {
    return write(config(), text);
  }

  SetupHome write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  SetupHome write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SetupContext context() {
    return new SetupContext(
        CallerEnvironment.of(variables),
        osName,
        installed,
        served,
        name -> Optional.ofNullable(regions.get(name)),
        name -> chains.getOrDefault(name, List.of(name)),
        setup.files(),
        () -> programs);
  }

  Prepared prepare(String... words) {
    return setup.prepare(context(), List.of(words));
  }

  /** Sets up; returns what was prepared. */
  Prepared setUp(String... words) {
    Prepared prepared = prepare(words);
    List<Path> _ = setup.apply(prepared);
    return prepared;
  }

  Prepared prepareUndo(String... words) {
    return setup.prepareUndo(List.of(words));
  }

  Prepared undo(String... words) {
    Prepared prepared = prepareUndo(words);
    List<Path> _ = setup.apply(prepared);
    return prepared;
  }

  List<Setup.Listed> list() {
    return setup.list(context());
  }

  /** All files and folders of the home with the contents of files, one character for each byte. */
  Map<String, String> everything() {
    Map<String, String> found = new TreeMap<>();
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        found.put(
            home.relativize(file).toString(),
            Files.isRegularFile(file) ? Bytes.text(Files.readAllBytes(file)) : "");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path created(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
