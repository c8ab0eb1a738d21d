package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks on a real terminal, which tmux provides. */
final class TerminalIT {
  @TempDir Path folder;
  private InstalledTree tree;
  private FakeDaemon daemon;
  private String socket = "";

  @BeforeEach
  void openTerminal() {
    tree = new InstalledTree(folder);
    tree.java("exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");
    String classPath = System.getProperty("java.class.path");
    var jars = new ArrayList<String>();
    int up = tree.lib.toAbsolutePath().getNameCount();
    for (String entry : classPath.split(":", -1)) {
      jars.add("../".repeat(up) + Path.of(entry).toAbsolutePath().toString().substring(1));
    }
    InstalledTree.write(tree.lib.resolve("client.jars"), String.join("\n", jars) + "\n");
    daemon = new FakeDaemon(tree.home);
    socket = folder.resolve("tmux").toString();
    tmux("new-session", "-d", "-x", "100", "-y", "30", "env", "PS1=ready> ", "sh");
    await("ready>");
  }

  @AfterEach
  void closeTerminal() {
    tmux("kill-server");
    daemon.close();
  }

  @Test
  void hidesASecretAndRestoresTheEcho() {
    daemon.thenAsks("secret", "off", "Secret:").then(0, "", "stored\n");
    start("unlock dev </dev/null");
    await("Secret:");

    type("hidden-word");
    awaitRequest("POST /conversations/c1 hidden-word");
    await("stored");
    type("echo visible");
    await("echo visible");
    assertThat(screen()).doesNotContain("hidden-word");
  }

  @Test
  void showsAnAnswerThatIsNotSecret() {
    daemon.thenAsks("confirm", "on", "Remove it?").then(0, "", "kept\n");
    start("remove dev");
    await("Remove it?");

    type("no");
    await("Remove it? no");
    awaitRequest("POST /conversations/c1 no");
  }

  @Test
  void restoresTheTerminalAfterCtrlC() {
    daemon.thenAsks("mfa", "off", "MFA code:").then(0, "", "");
    start("unlock dev; echo status $?");
    await("MFA code:");

    tmux("send-keys", "C-c");
    await("status 130");
    awaitRequest("DELETE /conversations/c1 ");
    type("echo visible");
    await("echo visible");
  }

  @Test
  void restoresTheTerminalAfterCtrlCInExec() {
    daemon.thenAsks("mfa", "off", "MFA code:").then(0, "", "");
    start("exec dev -- echo started; echo status $?");
    await("MFA code:");

    tmux("send-keys", "C-c");
    await("status 130");
    awaitRequest("DELETE /conversations/c1 ");
    type("echo visible");
    await("echo visible");
    assertThat(screen().lines()).doesNotContain("started");
  }

  @Test
  void restoresTheTerminalIfItIsTerminated() {
    daemon.thenAsks("mfa", "off", "MFA code:").then(0, "", "");
    start("unlock dev; echo status $?");
    await("MFA code:");

    String folderName = tree.root.toString();
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folderName))
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(ProcessHandle::destroy);
    await("status 143");
    type("echo visible");
    await("echo visible");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash --norc -i",
        "dash -i",
        "zsh -f -i",
        "fish --no-config -i -C 'function fish_prompt; echo \"ready> \"; end'",
        "ksh -i"
      })
  void asksAgainAfterCtrlZAndFg(String shell) {
    daemon.thenAsks("secret", "off", "Secret:").then(0, "", "stored\n");
    type(shell);
    type("clear");
    awaitPrompt();
    start("unlock dev");
    await("Secret:");

    tmux("send-keys", "C-z");
    awaitPrompt();
    type("clear");
    awaitPrompt();
    type("fg");
    await("Secret:");
    type("hidden-word");
    awaitRequest("POST /conversations/c1 hidden-word");
    await("stored");
    type("echo visible");
    await("echo visible");
    assertThat(screen()).doesNotContain("hidden-word");
  }

  @Test
  void givesUpAtTheEndOfInput() {
    daemon.thenAsks("passphrase", "off", "Passphrase:").then(0, "", "");
    start("unlock dev; echo status $?");
    await("Passphrase:");

    tmux("send-keys", "C-d");
    await("status 5");
    await("Nothing was entered");
  }

  @Test
  void asksForExecAndLeavesStandardInputToTheCommand() {
    daemon
        .thenAsks("mfa", "off", "MFA code:")
        .then(0, "", "jvault-plan 1\nset JVAULT_PROFILE=dev\nend\n");
    start("exec dev -- sh -c 'read x; echo $JVAULT_PROFILE got $x' <<'E'\nline\nE");
    await("MFA code:");

    type("123456");
    await("dev got line");
    awaitRequest("POST /conversations/c1 123456");
  }

  private void start(String words) {
    type("JVAULT_HOME='" + tree.home + "' '" + tree.launcher() + "' " + words);
  }

  private void type(String text) {
    tmux("send-keys", "-l", text);
    tmux("send-keys", "Enter");
  }

  private void await(String text) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(screen()).contains(text));
  }

  /** Waits until the shell takes the next line. */
  private void awaitPrompt() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(screen().strip()).endsWith("ready>"));
  }

  private void awaitRequest(String request) {
    daemon.awaitRequest(request);
  }

  private String screen() {
    return tmux("capture-pane", "-p", "-J");
  }

  private String tmux(String... args) {
    var command = new ArrayList<>(List.of("tmux", "-f", "/dev/null", "-S", socket));
    command.addAll(List.of(args));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("tmux is needed", e);
    }
  }
}
