package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the client starts a daemon; a shell script stands in for the launcher. */
final class DaemonStartTest {
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
  @Attack("own-files")
  void makesNothingInTheHomeOfAnotherUser() throws IOException {
    Files.createDirectory(home);
    client.environment.remove("JVAULT_HOME");
    client.environment.put("HOME", home.toString());
    client.uid++;
    assertThat(client.run("list")).isEqualTo(1);
    assertThat(client.error())
        .isEqualTo(
            "jvault: HOME is "
                + home
                + ", which belongs to another user, so jvault makes no files there; run it as that"
                + " user, run `sudo -H`, or set JVAULT_HOME to a folder of your own.\n");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void asksTheDaemonThatItStarted() {
    launcher("echo ready");
    try (var daemon = socketThatAppears()) {
      daemon.then(0, "", "listed\n");

      assertThat(client.run("list")).isZero();
      assertThat(client.out()).isEqualTo("listed\n");
    }
    assertThat(recorded()).startsWith("--daemon --port-fallback\n");
  }

  @Test
  @Attack("helpers-environment")
  void givesTheDaemonAListedEnvironment() {
    client.environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    client.environment.put("JVAULT_PASSPHRASE", "secret");
    client.environment.put("AWS_PROFILE", "x");
    client.environment.put("AWS_CONFIG_FILE", "x");
    client.environment.put("JVAULT_KEY_COMMAND", "pass show jvault");
    client.environment.put("JVAULT_PASSPHRASE_FILE", "relative");
    client.environment.put("SSH_AUTH_SOCK", "/s");
    client.environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1");
    client.environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret");
    client.environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token");
    launcher("echo error 4 none no");

    client.run("list");

    assertThat(recorded().lines().skip(1).filter(line -> !line.matches("(PWD|SHLVL|_)=.*")))
        .containsExactlyInAnyOrder(
            "PATH=/usr/bin:/bin",
            "JVAULT_HOME=" + home,
            "JVAULT_KEY_COMMAND=pass show jvault",
            "SSH_AUTH_SOCK=/s",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/v1",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/token");
  }

  @Test
  void reportsWhyTheDaemonDidNotStart() {
    launcher("echo 'error 4 none The keyring is locked; unlock it.'");

    assertThat(client.run("list")).isEqualTo(4);
    assertThat(client.error()).isEqualTo("jvault: The keyring is locked; unlock it.\n");
  }

  @Test
  void reportsADaemonThatEndedWithoutAReason() {
    launcher("echo trouble >&2");

    assertThat(client.run("list")).isEqualTo(8);
    assertThat(client.error()).contains("ended before it was ready");
    assertThat(InstalledTree.read(home.resolve("state/jvault.log"))).endsWith("trouble\n");
  }

  @Test
  void startsADaemonWhoseLogCannotBeWritten() throws IOException {
    Files.createDirectories(home.resolve("state/jvault.log"));
    launcher("echo trouble >&2; echo ready");
    try (var daemon = socketThatAppears()) {
      daemon.then(0, "", "listed\n");

      assertThat(client.run("list")).as(client.error()).isZero();
    }
  }

  @Test
  void usesTheDaemonOfAQuickerClient() {
    launcher("echo 'error 8 already-running Yes.'");
    try (var daemon = socketThatAppears()) {
      daemon.then(0, "", "theirs\n");

      assertThat(client.run("list")).isZero();
      assertThat(client.out()).isEqualTo("theirs\n");
    }
  }

  @Test
  void startsNoDaemonOnAnotherPortThanServerAskedFor() {
    launcher("echo 'error 8 none Port 9170 is held by nginx; choose another with --port.'");

    assertThat(client.run("server", "--background", "--port", "9170")).isEqualTo(8);
    assertThat(recorded()).startsWith("--daemon --port 9170\n");
    assertThat(client.error()).contains("held by nginx");
  }

  @Test
  void waitsForADaemonInTheForeground() {
    launcher(
        "echo ready; exec >&-; while [ ! -e '" + folder + "/end' ]; do sleep 0.02; done; exit 9");
    try (var daemon = socketThatAppears()) {
      daemon.then(0, "", "serving\n");
      Thread.ofPlatform().daemon().start(() -> endWhenAsked(daemon));

      assertThat(client.run("server", "--profile", "a", "--profile", "b")).isEqualTo(9);
      assertThat(client.out()).isEqualTo("serving\n");
      assertThat(daemon.requests().getFirst()).contains("profile=a&profile=b&");
    }
    assertThat(recorded()).startsWith("--daemon --port-fallback --foreground\n");
  }

  @Test
  void endsAForegroundDaemonThatCannotServeTheProfile() {
    launcher("echo ready; exec >&-; exec sleep 100");
    try (var daemon = socketThatAppears()) {
      daemon.then(3, "No such profile.", "");

      assertThat(client.run("server", "--profile", "a")).isEqualTo(3);
    }
  }

  @Test
  void cannotStartADaemonWithoutTheLauncher() {
    client.launcher = "";

    assertThat(client.run("list")).isEqualTo(8);
    assertThat(client.error()).contains("only the launcher script can start one");
  }

  /** A daemon whose socket the test's launcher renames to the well-known name. */
  private FakeDaemon socketThatAppears() {
    return new FakeDaemon(home, "hidden.sock");
  }

  private void launcher(String script) {
    Path file = Path.of(client.launcher);
    String record = "{ echo \"$*\"; env; } >'" + folder.resolve("record") + "'\n";
    String appear = "cd '" + home + "/run' && mv hidden.sock control.sock\n";
    InstalledTree.write(file, "#!/bin/sh\n" + record + appear + script + "\n");
    InstalledTree.executable(file);
  }

  private String recorded() {
    Path record = folder.resolve("record");
    return Files.exists(record) ? InstalledTree.read(record) : "";
  }

  private void endWhenAsked(FakeDaemon daemon) {
    daemon.awaitRequest("POST /verbs/server");
    InstalledTree.write(folder.resolve("end"), "");
  }
}
