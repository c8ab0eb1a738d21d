package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher becomes the user's command and leaves no trace in it. */
final class LauncherCommandTest {
  @TempDir Path folder;
  private InstalledTree tree;

  @BeforeEach
  void install() {
    tree = new InstalledTree(folder.resolve("a folder"));
    tree.ready("dev", tree.readyLines(), "set JVAULT_PROFILE=dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void passesOnTheCallersVariablesUnchanged(String start) {
    prepare(start);
    tree.environment().put("BASH_FUNC_x%%", "() { echo hi; }");
    tree.environment().put("BASH_FUNC_exec%%", "() { echo taken; }");
    tree.environment().put("a.b-c", "dotted");
    tree.environment().put("LINES_OF", "one\ntwo\n");
    tree.environment().put("EMPTY", "");
    tree.environment().put("COLUMNS", "7");
    tree.environment().put("BASH_ENV", "/no/such/file");
    tree.environment().put("POSIXLY_CORRECT", "1");
    tree.environment().put("JAVA_TOOL_OPTIONS", "-Dx=y");
    tree.environment().put("name", "value");
    tree.environment().put("LC_ALL", "C");
    var expected = new TreeSet<String>();
    tree.environment().forEach((name, value) -> expected.add(name + "=" + value));
    expected.add("JVAULT_PROFILE=dev");
    expected.add("JVAULT_DEPTH=1");

    var result = tree.run("exec", "dev", "--", "env", "-0");

    assertThat(result.error()).isEmpty();
    assertThat(InstalledTree.variables(result.out())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void endsAScriptThatRunsJvaultForItselfForEver(String start) throws IOException {
    prepare(start);
    Path bin = Files.createDirectories(folder.resolve("wrappers"));
    Path wrapper = bin.resolve("aws");
    Files.writeString(wrapper, "#!/bin/sh\nexec '" + tree.launcher() + "' exec dev -- aws\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    tree.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);

    var result = tree.run("exec", "dev", "--", "aws");

    assertThat(result.exit()).isEqualTo(ExitCode.USAGE.status());
    assertThat(result.error())
        .isEqualTo(
            "jvault: jvault exec runs within itself 16 times; the command `aws` may be a script"
                + " that runs jvault again: let it run the program by its full path.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void addsNoVariableThatTheCallerDoesNotHave(String start) {
    prepare(start);
    tree.environment().remove("SHLVL");
    tree.environment().remove("PWD");

    var result = tree.run("exec", "dev", "--", "env", "-0");

    assertThat(result.out()).doesNotContain("SHLVL=", "PWD=", "_=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void passesOnArgumentsUnchanged(String start) {
    prepare(start);
    String[] args = {"exec", "dev", "--", "printf", "<%s>", "a b", "", "-n", "\"q'", "x\ny", "--"};

    assertThat(tree.run(args).out()).isEqualTo("<a b><><-n><\"q'><x\ny><-->");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void leavesStandardInputToTheCommand(String start) {
    prepare(start);

    assertThat(tree.runWithInput("one\ntwo\n", "exec", "dev", "cat").out()).isEqualTo("one\ntwo\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  void endsWithTheCommandsExitStatus(String start) {
    prepare(start);

    assertThat(tree.run("exec", "dev", "--", "sh", "-c", "exit 42").exit()).isEqualTo(42);
    assertThat(tree.run("exec", "dev", "--", "sh", "-c", "kill -TERM $$").exit()).isEqualTo(143);
  }

  @Test
  void becomesTheCommandInsteadOfWaitingForIt() throws Exception {
    var builder =
        new ProcessBuilder(tree.launcher().toString(), "exec", "dev", "--", "sh", "-c", "echo $$");
    builder.environment().clear();
    builder.environment().putAll(tree.environment());
    Process process = builder.start();

    String pid = new String(process.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(pid).isEqualTo(Long.toString(process.pid()));
  }

  @Test
  void startsTheCallersShellIfNoCommandIsGiven() throws IOException {
    Path shell = folder.resolve("my shell");
    Files.writeString(shell, "#!/bin/sh\necho \"shell $# $JVAULT_PROFILE\"\n");
    InstalledTree.executable(shell);
    tree.environment().put("SHELL", shell.toString());

    assertThat(tree.run("exec", "dev").out()).isEqualTo("shell 0 dev\n");
    assertThat(tree.run("exec", "dev", "--").out()).isEqualTo("shell 0 dev\n");
  }

  @Test
  void reportsACommandThatIsNotFound() {
    var result = tree.run("exec", "dev", "--", "no-such-command");

    assertThat(result.exit()).isEqualTo(127);
    assertThat(result.error()).isEqualTo("jvault: command not found: no-such-command\n");
    assertThat(tree.run("exec", "dev", "--", "/no/such/command").exit()).isEqualTo(127);
    assertThat(tree.run("exec", "dev", "--", "").exit()).isEqualTo(127);
  }

  @Test
  void doesNotRunABuiltInOfTheShell() {
    assertThat(tree.run("exec", "dev", "--", "shopt").error())
        .isEqualTo("jvault: command not found: shopt\n");
  }

  @Test
  void reportsACommandThatIsNotExecutable() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = Files.writeString(bin.resolve("plain"), "text");
    tree.environment().put("PATH", bin + ":" + tree.environment().get("PATH"));

    assertThat(tree.run("exec", "dev", "--", file.toString()).exit()).isEqualTo(126);
    assertThat(tree.run("exec", "dev", "--", "plain").error())
        .isEqualTo("jvault: not executable: " + file + "\n");
    assertThat(tree.run("exec", "dev", "--", bin.toString()).exit()).isEqualTo(126);
  }

  @Test
  void findsItselfThroughLinks() throws IOException {
    Path first = Files.createSymbolicLink(folder.resolve("first"), tree.launcher());
    Path second = Files.createSymbolicLink(folder.resolve("second"), folder.relativize(first));
    Path link = Files.createSymbolicLink(folder.resolve("tree"), tree.root);

    for (Path path : List.of(second, link.resolve("bin/jvault"))) {
      var result = tree.finish(List.of(path.toString(), "exec", "dev", "echo", "ok"), "");
      assertThat(result.out()).isEqualTo("ok\n");
    }
    assertThat(tree.finish(List.of(second.toString(), "status"), "").exit()).isEqualTo(77);
  }

  @Test
  void followsTheLinkOfAnInstallationWithoutAProcess() {
    tree.environment().put("PATH", folder.resolve("no readlink here").toString());

    assertThat(tree.run("exec", "dev", "/bin/echo", "ok").out()).isEqualTo("ok\n");
  }

  @Test
  void isOfTheVersionThatTheLinkCurrentLeadsTo() throws IOException {
    Path next = tree.lib.resolve("../../0.2.0").normalize();
    copy(tree.lib.resolve("..").normalize(), next);
    Files.writeString(next.resolve("lib/version"), "0.2.0\n");

    Path fresh = Files.createSymbolicLink(next.resolveSibling(".current"), Path.of("0.2.0"));
    Files.move(fresh, next.resolveSibling("current"), StandardCopyOption.ATOMIC_MOVE);
    tree.run("status");

    assertThat(tree.javaArguments())
        .contains("-Djvault.version=0.2.0", "-Djvault.launcher=" + next.resolve("bin/jvault"))
        .noneMatch(argument -> argument.contains("/" + InstalledTree.VERSION + "/"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void isFoundOnThePath() {
    tree.environment().put("PATH", tree.root.resolve("bin") + ":/usr/bin:/bin");

    assertThat(tree.finish(List.of("env", "jvault", "exec", "dev", "echo", "ok"), "").out())
        .isEqualTo("ok\n");
  }

  private void prepare(String start) {
    if (start.equals("cold")) {
      InstalledTree.write(tree.readyFolder().resolve("dev"), "");
      tree.java(
          """
          while [ "$1" != exec ]; do shift; done
          case $3 in --) n=3 ;; *) n=2 ;; esac
          printf 'shift %s\\njvault-plan 1\\nset JVAULT_PROFILE=dev\\nend\\n' $n
          cat
          """);
    }
  }
}
