package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher starts Java, and what it does with the client's output. */
final class LauncherJavaTest {
  @TempDir Path folder;
  private InstalledTree tree;

  @BeforeEach
  void install() {
    tree = new InstalledTree(folder.resolve("with space"));
  }

  @Test
  void passesTheVerbToTheClient() {
    tree.java("echo hello; exit 3");

    var result = tree.run("list", "a b", "", "--json");

    assertThat(result).isEqualTo(new InstalledTree.Result(3, "hello\n", ""));
    assertThat(tree.javaArguments())
        .endsWith("dev.jvault.client.Main", "list", "a b", "", "--json")
        .contains(
            tree.lib + "/client/a.jar:" + tree.lib + "/client/b.jar",
            "-Djvault.launcher=" + tree.script(),
            "-Djvault.version=" + InstalledTree.VERSION,
            "-Djvault.stdout.tty=false",
            "-XX:+DisableAttachMechanism",
            "-XX:ErrorFile=/dev/null")
        .noneMatch(argument -> argument.startsWith("-XX:AOT"));
  }

  @Test
  void hidesTheCallersJavaOptionsFromOurJava() {
    tree.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:/x.jar");
    tree.environment().put("JDK_JAVA_OPTIONS", "-Dx");
    tree.environment().put("_JAVA_OPTIONS", "-Dx");
    tree.environment().put("CLASSPATH", "/x");

    tree.run("status");

    assertThat(tree.javaEnvironment())
        .noneMatch(line -> line.matches("(?s)(JAVA_TOOL_OPTIONS|JDK_JAVA|_JAVA|CLASSPATH).*"))
        .contains("LC_ALL=C.UTF-8");
  }

  @Test
  void usesTheAotCacheIfThereIsOne() throws IOException {
    Path cache = Files.createDirectories(tree.lib.resolve("aot")).resolve("client.aot");
    Files.createFile(cache);

    tree.run("status");
    assertThat(tree.javaArguments()).contains("-XX:AOTCache=" + cache);

    tree.environment().put("JVAULT_AOT_TRAIN", "/t");
    tree.run("status");
    assertThat(tree.javaArguments())
        .contains("-XX:AOTCacheOutput=/t/client.aot")
        .doesNotContain("-XX:AOTCache=" + cache);
  }

  @Test
  void appliesTheClientsPlanAndPassesOnItsFailures() {
    tree.java("cat <<'E'\nshift 4\njvault-plan 1\nset AWS_REGION=a b\nend\nE");
    assertThat(tree.run("exec", "dev", "--env", "--", "sh", "-c", "echo \"$AWS_REGION\"").out())
        .isEqualTo("a b\n");

    tree.java("echo 'jvault: no such profile' >&2; exit 3");
    assertThat(tree.run("exec", "dev", "--env", "--", "echo", "x"))
        .isEqualTo(new InstalledTree.Result(3, "", "jvault: no such profile\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--debug exec dev",
        "--prompt ykman exec dev",
        "--prompt=ykman --debug exec dev",
        "--backend exec exec dev",
      })
  void findsExecBehindOptions(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    tree.java("printf 'shift %s\njvault-plan 1\nset AWS_REGION=a\nend\n' " + words.size());
    words.addAll(List.of("sh", "-c", "echo $AWS_REGION"));
    assertThat(tree.run(words.toArray(String[]::new)).out()).isEqualTo("a\n");
    assertThat(tree.javaArguments()).contains("-Djvault.exec=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--debug list exec", "--prompt exec list", "--debug", "--prompt", "-x"})
  void takesNoOtherWordForExec(String line) {
    tree.java("echo hello");
    assertThat(tree.run(line.split(" ")).out()).isEqualTo("hello\n");
    assertThat(tree.javaArguments()).doesNotContain("-Djvault.exec=true");
  }

  @Test
  void knowsWhichOptionsBeforeTheVerbTakeNoValue() throws IOException {
    List<String> inTable =
        OwnWords.beforeVerbs().stream()
            .filter(option -> !option.valued())
            .map(ForeignOption::written)
            .toList();
    String launcher = Files.readString(Path.of("src/main/launcher/jvm.bash"));
    String list =
        launcher.replaceFirst("(?s).*  case \\$\\{!jv_first\\} in\n(.*?) \\| -\\*=\\*\\).*", "$1");
    assertThat(list.replaceAll("[\\\\\\s]", "").split("\\|"))
        .containsExactlyInAnyOrderElementsOf(inTable);
  }

  @Test
  @Attack("passphrase-not-handed-on")
  void theCommandOfAPlanDoesNotGetThePassphrase() {
    tree.environment().put("JVAULT_PASSPHRASE", "open sesame");
    tree.environment().put("JVAULT_PASSPHRASE_FILE", "/run/pass");
    tree.java("cat <<'E'\nshift 4\njvault-plan 1\nset AWS_REGION=a\nend\nE");
    assertThat(tree.run("exec", "dev", "--env", "--", "env").out())
        .contains("AWS_REGION=a\n")
        .doesNotContain("PASSPHRASE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-t - dev --            | 123456 | the rest",
        "--mfa-token - dev      | 123456 | the rest",
        "--mfa-token=- dev      | 123456 | the rest",
        "-t 654321 dev --       | ''     | 123456",
        "dev                    | ''     | 123456"
      })
  @Attack("no-secret-in-processes")
  void theClientReadsACodeFromStandardInputOnlyIfAsked(String words, String code, String rest) {
    tree.java(
        "read x; echo \"read=$x\" >&2; printf 'shift %s\\njvault-plan 1\\nend\\n' "
            + (1 + words.split(" +").length));
    List<String> arguments = new ArrayList<>(List.of("exec"));
    arguments.addAll(List.of(words.split(" +")));
    arguments.addAll(List.of("sh", "-c", "read y; echo \"$y\""));
    var result = tree.runWithInput("123456\nthe rest\n", arguments.toArray(String[]::new));
    assertThat(result.out()).isEqualTo(rest + "\n");
    assertThat(result.error()).isEqualTo("read=" + code + "\n");
  }

  @Test
  void printsTheClientsOutputIfItIsNoPlan() {
    tree.java("echo 'usage: jvault exec'; echo 'more'");

    assertThat(tree.run("exec", "--help"))
        .isEqualTo(new InstalledTree.Result(0, "usage: jvault exec\nmore\n", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shift 99\njvault-plan 1\nend",
        "shift a[$(touch x)]\njvault-plan 1\nend",
        "shift 0\njvault-plan 1\nend",
        "shift 3\nend",
        "shift 3\njvault-plan 2\nend",
        "shift 3\njvault-plan 1\nset A=1",
        "shift 3\njvault-plan 1\nset a[$(touch x)]=1\nend",
        "shift 3\njvault-plan 1\ntouch x\nend"
      })
  @Attack("no-code-in-plans")
  void refusesAMalformedPlan(String answer) {
    tree.java("cat <<'E'\n" + answer + "\nE");

    var result = tree.run("exec", "dev", "--", "echo", "started");

    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.out()).isEmpty();
    assertThat(result.error()).contains("cannot be read");
    assertThat(Path.of("x")).doesNotExist();
  }

  @Test
  void startsTheDaemonOutOfReachOfTheTerminalsSignals() {
    tree.java("trap - INT 2>/dev/null; kill -INT $$; kill -HUP $$; echo ready; pwd >&2");

    // The launcher ends first; the pipe closes when the daemon ends.
    var result =
        tree.finish(
            List.of("sh", "-c", "\"$0\" \"$@\" | cat", tree.launcher().toString(), "--daemon"), "");

    assertThat(result.out()).isEqualTo("ready\n");
    assertThat(tree.javaArguments())
        .endsWith("dev.jvault.server.Main", "--daemon")
        .contains(tree.lib + "/server/c.jar", "--enable-native-access=ALL-UNNAMED");
    assertThat(tree.javaEnvironment()).contains("MALLOC_ARENA_MAX=1");
  }

  @Test
  void becomesTheDaemonInTheForeground() {
    tree.java("echo ready; exit 9");

    assertThat(tree.run("--daemon", "--foreground").exit()).isEqualTo(9);
  }

  @Test
  void namesWhatABrokenInstallationLacks() throws IOException {
    Files.delete(tree.lib.resolve("runtime/bin/java"));
    assertThat(tree.run("status").error())
        .contains("Parts of jvault are missing")
        .contains("runtime");

    Files.delete(tree.lib.resolve("jvm.bash"));
    assertThat(tree.run("status"))
        .isEqualTo(
            new InstalledTree.Result(
                1,
                "",
                "jvault: Parts of jvault are missing ("
                    + tree.lib
                    + "/jvm.bash); install it again.\n"));

    Files.delete(tree.lib.resolve("version"));
    assertThat(tree.run("status").error()).contains("lib/version");
  }
}
