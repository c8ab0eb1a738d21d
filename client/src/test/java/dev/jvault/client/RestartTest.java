package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the client replaces a daemon; a shell script stands in for the launcher. */
final class RestartTest {
  private static final String OPTIONS = "--share-port\n9170\n--predecessor\n2147480001\n\n";

  @TempDir Path folder;
  private Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    home = folder.resolve("home");
    client = new ClientRun(home);
    client.environment.put("PATH", "/usr/bin:/bin");
    client.launcher = folder.resolve("jvault").toString();
  }

  @Test
  void startsTheNextDaemonWithTheOptionsAndProfilesOfTheOldOne() {
    launcher("echo ready");
    try (var daemon = new FakeDaemon(home)) {
      daemon.runsAs(2147480001).then(0, "", OPTIONS + "dev\nops\n");
      daemon.runsAs(2147480002).then(0, "", "");

      assertThat(client.run("restart")).isZero();
      assertThat(client.out())
          .matches(
              "jvault has restarted: pid 2147480001 is followed by pid 2147480002, in \\d+ ms\\.\n");
      assertThat(daemon.requests().getFirst()).startsWith("POST /verbs/handover ");
      assertThat(daemon.requests().getLast())
          .startsWith("POST /verbs/handover-finish profile=dev&profile=ops&");
    }
    assertThat(recorded()).isEqualTo("--daemon --share-port 9170 --predecessor 2147480001\n");
  }

  @Test
  void endsTheOldDaemonIfTheNextDoesNotStart() throws Exception {
    Process old = new ProcessBuilder("sleep", "100").start();
    launcher("rm run/control.sock; echo 'error 4 none No vault.'");
    try (var daemon = new FakeDaemon(home)) {
      daemon.runsAs(old.pid()).then(0, "", OPTIONS);

      assertThat(client.run("restart")).isEqualTo(4);
      assertThat(client.error()).isEqualTo("jvault: No vault.\n");
      assertThat(old.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      old.destroyForcibly();
    }
  }

  @Test
  void asksForThePassphraseOnceAndGivesItToBoth() {
    client.types("open sesame");
    launcher("echo ready");
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenAsks("passphrase", "off", "Passphrase: ").then(0, "", OPTIONS);
      daemon.thenAsks("passphrase", "off", "Passphrase: ").then(0, "", "");

      assertThat(client.run("restart")).isZero();
      assertThat(daemon.requests().stream().filter(one -> one.endsWith(" open sesame"))).hasSize(2);
    }
    assertThat(client.questions).hasSize(1);
  }

  @Test
  void startsNoDaemonIfTheOldOneRefuses() {
    launcher("echo ready");
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(5, "The passphrase is needed.", "");

      assertThat(client.run("restart")).isEqualTo(5);
      assertThat(client.error()).isEqualTo("jvault: The passphrase is needed.\n");
    }
    assertThat(folder.resolve("record")).doesNotExist();
  }

  @Test
  void reportsADaemonThatIsTooOldToHandOver() {
    launcher("echo ready");
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRefuses("404 No", ErrorCode.UNKNOWN_VERB);

      assertThat(client.run("restart")).isEqualTo(8);
      assertThat(client.error()).contains("too old to hand over", "jvault stop");
    }
    assertThat(folder.resolve("record")).doesNotExist();
  }

  @Test
  void startsADaemonIfNoneRuns() {
    launcher("mv run/hidden.sock run/control.sock; echo ready");
    try (var daemon = new FakeDaemon(home, "hidden.sock")) {
      daemon.runsAs(2147480002).then(0, "", "");

      assertThat(client.run("restart")).isZero();
      assertThat(client.out())
          .isEqualTo("jvault was not running and has started: pid 2147480002.\n");
      assertThat(daemon.requests().getLast()).startsWith("GET /daemon");
    }
    assertThat(recorded()).isEqualTo("--daemon --port-fallback\n");
  }

  @Test
  void givesAFreshDaemonThePassphraseOfTheVariables() {
    client.environment.put("JVAULT_PASSPHRASE", "open sesame");
    launcher("mv run/hidden.sock run/control.sock; echo ready");
    try (var daemon = new FakeDaemon(home, "hidden.sock")) {
      daemon.thenAsks("passphrase", "off", "Passphrase: ").then(0, "", "").then(0, "", "");

      assertThat(client.run("restart")).isZero();
      assertThat(daemon.requests().get(0)).startsWith("POST /verbs/server ");
      assertThat(daemon.requests().get(1)).endsWith(" open sesame");
    }
  }

  private void launcher(String script) {
    Path file = Path.of(client.launcher);
    InstalledTree.write(
        file,
        "#!/bin/sh\necho \"$*\" >'%s'\nmkdir -p '%s/run'; cd '%s'\n%s\n"
            .formatted(folder.resolve("record"), home, home, script));
    InstalledTree.executable(file);
  }

  private String recorded() {
    Path record = folder.resolve("record");
    return Files.exists(record) ? InstalledTree.read(record) : "";
  }
}
