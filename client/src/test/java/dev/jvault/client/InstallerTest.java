package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs small programs with the real install.sh, into a prefix with a blank in its name. */
final class InstallerTest {
  @TempDir Path folder;
  private Path home;
  private Path prefix;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectories(folder.resolve("my home"));
    prefix = home.resolve(".local");
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  @Test
  void installsAVersionWithItsCommandAndPages() throws IOException {
    Result result = install("1.0.0");

    assertThat(result.error()).isEmpty();
    assertThat(result.out())
        .startsWith("jvault 1.0.0 is installed in " + prefix + ".\n")
        .contains(prefix + "/bin is not in your PATH");
    assertThat(command()).isEqualTo("1.0.0\n");
    assertThat(prefix.resolve("share/man/man1/jvault.1")).hasContent("page of 1.0.0");
    assertThat(prefix.resolve("lib/jvault/current")).isSymbolicLink();
  }

  @Test
  void saysNothingOfThePathIfTheCommandIsFound() throws IOException {
    environment.put("PATH", prefix + "/bin:/usr/bin:/bin");

    assertThat(install("1.0.0").out()).isEqualTo("jvault 1.0.0 is installed in " + prefix + ".\n");
  }

  @Test
  void keepsTheVersionBeforeAndRemovesOlderOnes() throws IOException {
    install("1.0.0");
    install("2.0.0");
    Result third = install("3.0.0");

    assertThat(third.out()).contains("Removed version 1.0.0, which nothing used.");
    assertThat(versions()).containsExactly("2.0.0", "3.0.0", "current", "made-folders");
    assertThat(command()).isEqualTo("3.0.0\n");
  }

  @Test
  void keepsAVersionThatAProcessRuns() throws Exception {
    install("1.0.0");
    Process daemon = runFrom("1.0.0");
    try {
      install("2.0.0");
      assertThat(install("3.0.0").out()).doesNotContain("Removed");
      assertThat(versions()).contains("1.0.0");
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void leavesTheFilesOfTheSameVersionAsTheyAre() throws IOException {
    install("1.0.0");
    Object before = Files.readAttributes(prefix.resolve("lib/jvault/1.0.0"), "unix:ino");

    assertThat(install("1.0.0").exit()).isZero();

    assertThat(Files.readAttributes(prefix.resolve("lib/jvault/1.0.0"), "unix:ino"))
        .isEqualTo(before);
  }

  @Test
  void replacesADamagedVersionUnlessAProcessRunsIt() throws Exception {
    install("1.0.0");
    Path part = prefix.resolve("lib/jvault/1.0.0/lib/part");
    Files.delete(part);
    Process daemon = runFrom("1.0.0");
    try {
      Result refused = install("1.0.0");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.error())
          .isEqualTo(
              "install.sh: Another build of version 1.0.0 runs from "
                  + prefix
                  + "/lib/jvault/1.0.0 (process "
                  + daemon.pid()
                  + "); run `jvault stop`, then this again. Nothing has been changed.\n");
      assertThat(part).doesNotExist();
    } finally {
      daemon.destroyForcibly().waitFor();
    }

    assertThat(install("1.0.0").exit()).isZero();

    assertThat(part).exists();
    assertThat(versions()).containsExactly("1.0.0", "current", "made-folders");
  }

  @Test
  void removesWhatOnlyTheVersionBeforeHad() throws IOException {
    Path tree = tree("1.0.0");
    write(tree.resolve("share/man/man1/jvault-old.1"), "an old page");
    list(tree, "1.0.0");
    run(tree.resolve("lib/jvault/1.0.0/install.sh").toString());
    assertThat(prefix.resolve("share/man/man1/jvault-old.1")).exists();

    install("2.0.0");

    assertThat(prefix.resolve("share/man/man1/jvault-old.1")).doesNotExist();
    assertThat(prefix.resolve("share/man/man1/jvault.1")).hasContent("page of 2.0.0");
  }

  @Test
  void takesOverWhatWasCopiedIntoThePrefixByHand() throws Exception {
    Files.createDirectories(prefix);
    Path tree = tree("1.0.0");
    new ProcessBuilder("cp", "-r", tree + "/.", prefix.toString()).start().waitFor();

    assertThat(install("2.0.0").error()).isEmpty();

    assertThat(command()).isEqualTo("2.0.0\n");
  }

  @Test
  void uninstallsExactlyWhatItInstalled() throws IOException {
    write(prefix.resolve("bin/other"), "another program");
    List<String> before = all();
    install("1.0.0");
    install("2.0.0");
    write(home.resolve(".local/share/jvault/keys.age"), "the vault");

    Result result = run(prefix.resolve("lib/jvault/current/install.sh").toString(), "--uninstall");

    assertThat(result.error()).isEmpty();
    assertThat(result.out())
        .contains("jvault is removed from " + prefix + ".")
        .contains("rm -r \"" + home + "/.local/share/jvault\"\n");
    assertThat(prefix.resolve("share/jvault/keys.age")).exists();
    Files.delete(prefix.resolve("share/jvault/keys.age"));
    Files.delete(prefix.resolve("share/jvault"));
    Files.delete(prefix.resolve("share"));
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void leavesAChangedFileAndSaysSo() throws IOException {
    install("1.0.0");
    write(prefix.resolve("share/man/man1/jvault.1"), "my own page");

    Result result = run(prefix.resolve("lib/jvault/current/install.sh").toString(), "--uninstall");

    assertThat(result.out())
        .contains("because it was changed: " + prefix + "/share/man/man1/jvault.1\n");
    assertThat(prefix.resolve("share/man/man1/jvault.1")).hasContent("my own page");
  }

  @Test
  void uninstallsNothingWhileAProcessRunsIt() throws Exception {
    install("1.0.0");
    List<String> before = all();
    Process daemon = runFrom("1.0.0");
    try {
      Result result = run(script("1.0.0"), "--uninstall");

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.error()).contains("run `jvault stop`").contains("Nothing has been removed");
      assertThat(all()).isEqualTo(before);
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void uninstallsNothingWhileAUnitStartsIt() throws IOException {
    install("1.0.0");
    Path unit = home.resolve(".config/systemd/user/jvault.service");
    write(unit, "[Service]\nExecStart=\"" + prefix + "/bin/jvault\" --daemon\n");

    Result result = run(script("1.0.0"), "--uninstall");

    assertThat(result.error()).contains(unit + " starts this").contains("jvault service uninstall");
    assertThat(command()).isEqualTo("1.0.0\n");
  }

  @Test
  void refusesAForeignFileInTheWay() throws IOException {
    for (String path : List.of("bin/jvault", "share/man/man1/jvault.1", "lib/jvault/current")) {
      write(prefix.resolve(path), "of another program");
      List<String> before = all();

      Result result = install("1.0.0");

      assertThat(result.exit()).as(path).isEqualTo(1);
      assertThat(result.error())
          .startsWith("install.sh: " + prefix.resolve(path) + " is in the way")
          .endsWith("Nothing has been changed.\n")
          .hasLineCount(1);
      assertThat(all()).isEqualTo(before);
      Files.delete(prefix.resolve(path));
    }
  }

  @Test
  void refusesAFileWhereAFolderIsNeeded() throws IOException {
    write(prefix.resolve("lib"), "a file");

    assertThat(install("1.0.0").error())
        .isEqualTo(
            "install.sh: "
                + prefix
                + "/lib is in the way: it is not a folder. Nothing has been changed.\n");
  }

  @Test
  void refusesAPrefixThatCannotBeWritten() throws IOException {
    Result result = run(script("1.0.0"), "/proc/jvault");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.error()).matches("install\\.sh: /proc.* cannot be .*\n").hasLineCount(1);
  }

  @Test
  void needsAHomeOrAPrefix() throws IOException {
    environment.remove("HOME");

    assertThat(run(script("1.0.0")).error())
        .isEqualTo(
            "install.sh: HOME names no folder; name the prefix, such as"
                + " `install.sh /usr/local`.\n");
    assertThat(run(script("1.0.0"), prefix.toString()).exit()).isZero();
  }

  @Test
  void refusesAnIncompleteProgram() throws IOException {
    String script = script("1.0.0");
    Files.writeString(Path.of(script).resolveSibling("lib/part"), "cut");

    Result result = run(script);

    assertThat(result.error()).contains("Parts of jvault are missing in ").hasLineCount(1);
    assertThat(prefix).doesNotExist();
  }

  @Test
  void showsItsUsage() throws IOException {
    assertThat(run(script("1.0.0"), "--help").out()).startsWith("usage: install.sh [PREFIX]");
    assertThat(run(script("1.0.0"), "--undo").exit()).isEqualTo(2);
    assertThat(run(script("1.0.0"), "a", "b").exit()).isEqualTo(2);
    assertThat(run(script("1.0.0"), "--uninstall").error())
        .isEqualTo("install.sh: No jvault is installed in " + prefix + ".\n");
  }

  @Test
  void installsFromTheTopOfAnUnpackedArchive() throws IOException {
    Path tree = tree("1.0.0");
    Files.createSymbolicLink(tree.resolve("install.sh"), Path.of("lib/jvault/current/install.sh"));

    assertThat(run(tree.resolve("install.sh").toString()).exit()).isZero();

    assertThat(command()).isEqualTo("1.0.0\n");
    assertThat(prefix.resolve("install.sh")).doesNotExist();
  }

  private record Result(int exit, String out, String error) {}

  private Result install(String version) throws IOException {
    return run(script(version));
  }

  private String script(String version) throws IOException {
    return tree(version).resolve("lib/jvault").resolve(version).resolve("install.sh").toString();
  }

  /** A program whose command prints its version. */
  private Path tree(String version) throws IOException {
    Path tree = folder.resolve("unpacked " + version);
    if (Files.exists(tree)) {
      return tree;
    }
    Path program = tree.resolve("lib/jvault").resolve(version);
    write(program.resolve("lib/version"), version + "\n");
    write(program.resolve("lib/part"), "a part of " + version);
    write(program.resolve("bin/jvault"), "#!/bin/sh\necho " + version + "\n");
    InstalledTree.executable(program.resolve("bin/jvault"));
    Files.copy(Path.of("src/main/launcher/install.sh"), program.resolve("install.sh"));
    write(tree.resolve("share/man/man1/jvault.1"), "page of " + version);
    Files.createSymbolicLink(tree.resolve("lib/jvault/current"), Path.of(version));
    Files.createDirectories(tree.resolve("bin"));
    Files.createSymbolicLink(
        tree.resolve("bin/jvault"), Path.of("../lib/jvault/current/bin/jvault"));
    list(tree, version);
    return tree;
  }

  /** Writes the list of files as the build does. */
  private static void list(Path tree, String version) throws IOException {
    Path list = tree.resolve("lib/jvault").resolve(version).resolve("files");
    Files.deleteIfExists(list);
    var lines = new StringBuilder();
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted().toList()) {
        if (Files.isSymbolicLink(path)) {
          lines.append("link ").append(tree.relativize(path)).append('\n');
        } else if (Files.isRegularFile(path)) {
          lines.append(Files.size(path)).append(' ').append(tree.relativize(path)).append('\n');
        }
      }
    }
    Files.writeString(list, lines);
  }

  /** A process whose command line names the program of a version, as that of its daemon does. */
  private Process runFrom(String version) throws IOException {
    return new ProcessBuilder(
            "tail", "-f", "/dev/null", prefix + "/lib/jvault/" + version + "/lib/runtime/bin/java")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String command() throws IOException {
    return run(prefix.resolve("bin/jvault").toString()).out();
  }

  private List<String> versions() throws IOException {
    try (Stream<Path> names = Files.list(prefix.resolve("lib/jvault"))) {
      return names.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> all() throws IOException {
    try (Stream<Path> paths = Files.walk(prefix)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private Result run(String... words) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh"));
    command.addAll(List.of(words));
    if (words.length == 1 && words[0].endsWith("bin/jvault")) {
      command.removeFirst();
    }
    Path out = Files.createTempFile(folder, "out", "");
    Path error = Files.createTempFile(folder, "err", "");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(error.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(error, UTF_8));
  }
}
