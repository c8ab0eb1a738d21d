package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ProcessState;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ready files the launcher trusts; all others it leaves to Java. */
final class LauncherReadyFileTest {
  private static final int ASKED_JAVA = 77;

  @TempDir Path folder;

  @Test
  void startsThePreparedCommandWithoutJava() {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines(), "set AWS_REGION=eu-west-1");

    var result = tree.run("exec", "dev", "--", "sh", "-c", "echo $AWS_REGION");

    assertThat(result.out()).isEqualTo("eu-west-1\n");
    assertThat(tree.javaArguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec -- echo ok", "exec --token-env -- echo ok", "exec dev -- echo ok"})
  void startsTheProfileOfTheVariableWithoutJava(String words) throws IOException {
    var tree = new InstalledTree(folder);
    tree.environment().put("AWS_PROFILE", "dev");
    Path token = Files.writeString(tree.root.resolve("token"), "the-token");
    List<String> lines = new ArrayList<>(tree.readyLines());
    lines.add("token-file " + token);
    tree.ready("dev", lines, "set AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=" + token);

    assertThat(tree.run(words.split(" ")).out()).isEqualTo("ok\n");
    assertThat(tree.javaArguments()).isEmpty();
  }

  @Test
  void startsAShellWithTheProfileOfTheVariable() {
    var tree = new InstalledTree(folder);
    tree.environment().put("AWS_PROFILE", "dev");
    tree.environment().put("SHELL", "/bin/pwd");
    tree.ready("dev", tree.readyLines());

    assertThat(tree.run("exec").exit()).isZero();
    assertThat(tree.javaArguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--", "../dev", "other"})
  void leavesAVariableThatNamesNoReadyProfileToJava(String name) {
    var tree = new InstalledTree(folder);
    tree.environment().put("AWS_PROFILE", name);
    tree.ready("dev", tree.readyLines());

    assertThat(tree.run("exec", "--", "echo", "ok").exit()).isEqualTo(ASKED_JAVA);
    assertThat(tree.run("exec").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void readsThePartThatStartsAJvmOnlyToStartOne() throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    InstalledTree.write(tree.lib.resolve("jvm.bash"), "echo read\nexit 9\n");

    assertThat(tree.run("exec", "dev", "--", "echo", "ok").out()).isEqualTo("ok\n");
    assertThat(tree.run("status")).isEqualTo(new InstalledTree.Result(9, "read\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XDG_RUNTIME_DIR", "TMPDIR", "XDG_DATA_HOME", "JVAULT_HOME"})
  void readsTheFolderThatTheDaemonWrites(String variable) throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    tree.environment().remove("JVAULT_HOME");
    tree.environment().put(variable, Files.createDirectory(folder.resolve("other")).toString());
    Path run = RuntimeFiles.of(tree.environment(), "Linux").run();
    Files.createDirectories(run.getParent());
    Files.move(tree.home.resolve("run"), run);

    assertThat(tree.run("exec", "dev", "echo", "ok").out()).isEqualTo("ok\n");
  }

  @Test
  void readsEveryKindOfPlanLine() {
    var tree = new InstalledTree(folder);
    tree.environment().put("AWS_PROFILE", "other");
    tree.environment().put("no_proxy", "a.example");
    List<String> lines = new ArrayList<>(tree.readyLines());
    lines.replaceAll(line -> line.equals("novar no_proxy") ? "var no_proxy=a.example" : line);
    tree.ready(
        "dev",
        lines,
        "unset AWS_PROFILE AWS_ROLE_ARN",
        "set JVAULT_PROFILE=a  b=$(c) \"d\"",
        "set no_proxy=a.example,127.0.0.1");

    var result =
        tree.run(
            "exec", "dev", "sh", "-c", "echo \"${AWS_PROFILE-unset}|$JVAULT_PROFILE|$no_proxy\"");

    assertThat(result.out()).isEqualTo("unset|a  b=$(c) \"d\"|a.example,127.0.0.1\n");
  }

  @Test
  @Attack("passphrase-not-handed-on")
  void theCommandOfAReadyFileDoesNotGetThePassphrase() {
    var tree = new InstalledTree(folder);
    tree.environment().put("JVAULT_PASSPHRASE", "open sesame");
    tree.environment().put("JVAULT_PASSPHRASE_FILE", "/run/pass");
    tree.ready("dev", tree.readyLines(), "set JVAULT_PROFILE=dev");

    assertThat(tree.run("exec", "dev", "env").out())
        .contains("JVAULT_PROFILE=dev\n")
        .doesNotContain("PASSPHRASE");
    assertThat(tree.javaArguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passesTheTokenItselfIfTheOptionOrTheProfileSaysSo(boolean option) throws IOException {
    var tree = new InstalledTree(folder);
    Path token = Files.writeString(tree.root.resolve("token"), "the-token");
    String file = "set AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=" + token;
    String show =
        "echo $AWS_CONTAINER_AUTHORIZATION_TOKEN"
            + " ${AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE-none}";
    if (option) {
      tree.ready("dev", tree.readyLines(), file);
      assertThat(tree.run("exec", "--token-env", "dev", "--", "sh", "-c", show).out())
          .isEqualTo("the-token none\n");
    } else {
      tree.ready("dev", tree.readyLines(), file, "token-env");
      assertThat(tree.run("exec", "dev", "sh", "-c", show).out()).isEqualTo("the-token none\n");
    }
    assertThat(tree.javaArguments()).isEmpty();

    Files.delete(token);
    var asked =
        option ? tree.run("exec", "--token-env", "dev", "true") : tree.run("exec", "dev", "true");
    assertThat(asked.exit()).isEqualTo(ASKED_JAVA);
    assertThat(String.join(" ", tree.javaArguments()))
        .endsWith(option ? "exec --token-env dev true" : "exec dev true");
  }

  static Stream<Consumer<List<String>>> doubts() {
    return Stream.of(
        replace("jvault-ready 1", "jvault-ready 2"),
        replace("program .*", "program 9.9.9"),
        replace("pid .*", "pid 999999999"),
        replace("pid .*", "pid 1x"),
        replace("started .*", "started 12"),
        replace("until .*", "until 1000"),
        replace("until .*", "until 9x"),
        replace("until .*", "until a[$(touch x)]"),
        replace("program .*", "colour red"),
        replace("file \\+ .*", "file + /no/such/file"),
        replace("file - .*", "file - /"),
        replace("real .*", "real /no/such/file"),
        replace("mark .*", "mark /no/such/file"),
        replace("folder .*", "folder /no/such/folder"),
        replace("novar AWS_REGION", "var AWS_REGION=eu-west-1"),
        replace("novar AWS_REGION", "var a[$(touch x)]=1"),
        lines -> lines.removeIf(line -> line.startsWith("until")));
  }

  @ParameterizedTest
  @MethodSource("doubts")
  @Attack("no-code-in-plans")
  void leavesADoubtfulFileToJava(Consumer<List<String>> doubt) {
    var tree = new InstalledTree(folder);
    var lines = tree.readyLines();
    doubt.accept(lines);
    tree.ready("dev", lines, "set AWS_REGION=eu-west-1");

    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesTheFileOfADaemonToJavaThatIsAZombie() throws Exception {
    var tree = new InstalledTree(folder);
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.3 & echo $!; exec sleep 600").start();
    try {
      long zombie = Long.parseLong(parent.inputReader().readLine());
      assertThat(ProcessState.awaitEnd(zombie, Duration.ofMinutes(1))).isTrue();
      List<String> lines = tree.readyLines();
      replace("pid .*", "pid " + zombie).accept(lines);
      replace("started .*", "started " + ProcessState.startTicks(zombie).getAsLong()).accept(lines);
      tree.ready("dev", lines);

      assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void leavesAVariableToJavaThatWasUnsetWhenTheFileWasWritten() {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    tree.environment().put("AWS_REGION", "us-east-1");

    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void treatsAnEmptyVariableAsUnset() {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    tree.environment().put("AWS_REGION", "");

    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();
  }

  @Test
  void leavesANewerConfigFileToJava() throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    Files.setLastModifiedTime(tree.config, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesAConfigFileToJavaThatAnOlderOneReplaced() throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();
    // `cp -p`, `mv` of a backup and unpacking do this; half a second must make a difference.
    FileTime before = Files.getLastModifiedTime(tree.config);
    for (Duration older : new Duration[] {Duration.ofDays(400), Duration.ofMillis(500)}) {
      Path backup = Files.writeString(folder.resolve("backup"), "[profile dev]\n");
      Files.setLastModifiedTime(backup, FileTime.from(before.toInstant().minus(older)));
      Files.move(backup, tree.config, StandardCopyOption.REPLACE_EXISTING);
      assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    }
  }

  @Test
  void leavesAConfigFileToJavaThatOneOfTheSameTimeReplaced() throws IOException {
    var tree = new InstalledTree(folder);
    Path next = Files.writeString(folder.resolve("next"), "[profile dev]\n");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(tree.config));
    tree.ready("dev", tree.readyLines());
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();

    Files.move(next, tree.config, StandardCopyOption.ATOMIC_MOVE);
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesALinkToJavaThatPointsToAnotherConfigFileOfTheSameTime() throws IOException {
    var tree = new InstalledTree(folder);
    Path one = folder.resolve("one");
    Files.move(tree.config, one);
    Path other = Files.copy(one, folder.resolve("other"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(tree.config, one);
    tree.ready("dev", tree.readyLines());
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();

    Files.delete(tree.config);
    Files.createSymbolicLink(tree.config, other);
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesASwappedFolderOfConfigFilesToJava() throws IOException {
    var tree = new InstalledTree(folder);
    for (String name : List.of("one", "other")) {
      Path copy = Files.createDirectory(folder.resolve(name)).resolve("config");
      Files.copy(tree.config, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.delete(tree.config);
    Path data = Files.createSymbolicLink(folder.resolve("data"), Path.of("one"));
    Files.createSymbolicLink(tree.config, Path.of("../data/config"));
    tree.ready("dev", tree.readyLines());
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();

    Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of("other"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesADeletedAndANewConfigFileToJava() throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());
    Path credentials = Files.writeString(tree.root.resolve("no-such-file"), "");
    Files.setLastModifiedTime(credentials, FileTime.fromMillis(0));
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    Files.delete(credentials);
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isZero();
    Files.delete(tree.config);
    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  @Attack("no-code-in-plans")
  void leavesALinkInPlaceOfTheFileToJava() throws IOException {
    var tree = new InstalledTree(folder);
    tree.ready("elsewhere", tree.readyLines());
    Path file = tree.readyFolder().resolve("elsewhere");
    Files.createSymbolicLink(tree.readyFolder().resolve("dev"), file);

    assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a[$(touch x)]=1",
        "set a$(touch x)=1",
        "set `touch x`=1",
        "set =1",
        "set A",
        "set 1A=1",
        "unset a[$(touch x)]",
        "unset A B",
        "unset ",
        "append A=1",
        "eval touch x",
        "touch x",
        ""
      })
  @Attack("no-code-in-plans")
  void ignoresAHostilePlan(String line) {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines(), line);

    var result = tree.run("exec", "dev", "--", "true");

    assertThat(result.exit()).isEqualTo(line.equals("unset A B") ? 0 : ASKED_JAVA);
    assertThat(Path.of("x")).doesNotExist();
  }

  @Test
  void leavesATruncatedFileToJava() {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines(), "set AWS_REGION=eu-west-1", "set B=2");
    Path file = tree.readyFolder().resolve("dev");
    String whole = InstalledTree.read(file);
    for (int length = 0; length < whole.length() - 1; length += 97) {
      InstalledTree.write(file, whole.substring(0, length));
      assertThat(tree.run("exec", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../ready/dev", "dév", "a.b", "-n", "a/b", "$(touch x)", ""})
  void leavesUncommonNamesToJava(String name) {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());

    assertThat(tree.run("exec", name, "--", "true").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesOptionsToJava() {
    var tree = new InstalledTree(folder);
    tree.ready("dev", tree.readyLines());

    assertThat(tree.run("exec", "--env", "dev", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    assertThat(tree.run("exec", "dev", "--env", "--", "true").exit()).isEqualTo(ASKED_JAVA);
    assertThat(tree.run("exec").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void knowsTheSameVariablesAsTheProtocol() {
    var names = new ArrayList<String>();
    var matcher =
        Pattern.compile("\\$\\{(\\w+):\\+\\.}")
            .matcher(InstalledTree.read(Path.of("src/main/launcher/jvault")));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }

    assertThat(names).containsExactlyInAnyOrderElementsOf(CallerVariables.AWS);
  }

  private static Consumer<List<String>> replace(String pattern, String by) {
    return lines -> lines.replaceAll(line -> line.matches(pattern) ? by : line);
  }
}
