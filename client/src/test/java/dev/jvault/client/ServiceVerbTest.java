package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of service, and what it asks the daemon. */
final class ServiceVerbTest {
  @TempDir Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    client = new ClientRun(home);
    client.environment.put("HOME", home.toString());
    client.environment.put("PATH", "/nowhere");
    client.environment.put("SHELL", "/bin/sh");
    client.launcher = "/opt/jv/bin/jvault";
  }

  @Test
  void namesItsJobs() {
    assertThat(client.run("service")).isEqualTo(2);
    assertThat(client.error())
        .startsWith("jvault: Say what to do: jvault service install, uninstall, status or logs.");
    assertThat(client.run("service", "start")).isEqualTo(2);
    assertThat(client.error()).startsWith("jvault: `start` is none of its jobs");
    assertThat(client.run("service", "install", "dev")).isEqualTo(2);
    assertThat(client.error()).contains("`dev` is one word too many for jvault service install.");
  }

  @Test
  void refusesOptionsOfAnotherJob() {
    assertThat(client.run("service", "status", "--profile", "dev")).isEqualTo(2);
    assertThat(client.error()).contains("--profile belongs to `jvault service install`");
    assertThat(client.run("service", "install", "--follow")).isEqualTo(2);
    assertThat(client.error()).contains("--follow belongs to `jvault service logs`");
    assertThat(client.run("service", "logs", "--dry-run")).isEqualTo(2);
    assertThat(client.run("service", "install", "--profile", "")).isEqualTo(2);
    assertThat(client.error()).contains("name is empty");
  }

  @Test
  void showsWhatItWouldWriteAndWritesNothing() {
    assertThat(client.run("service", "install", "--dry-run")).isZero();

    assertThat(client.out())
        .startsWith("write " + home.resolve(".profile") + "\n")
        .contains("/opt/jv/bin/jvault server --background");
    assertThat(home.resolve(".profile")).doesNotExist();
  }

  @Test
  void showsWhatTheDaemonWouldServeAndAsksItToServeNothing() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "serve profile dev\n");

      assertThat(client.run("service", "install", "--dry-run", "--profile", "dev")).isZero();

      assertThat(client.out())
          .startsWith("write " + home.resolve(".profile") + "\n")
          .endsWith("\nserve profile dev\n");
      assertThat(daemon.requests()).hasSize(1);
      assertThat(daemon.requests().get(0))
          .startsWith("POST /verbs/server profile=dev&check=true&required.program=");
    }
  }

  @Test
  void refusesADryRunOfAProfileThatTheDaemonRefuses() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(3, "There is no profile x.", "");

      assertThat(client.run("service", "install", "--dry-run", "--profile", "x")).isEqualTo(3);

      assertThat(client.error()).isEqualTo("jvault: There is no profile x.\n");
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void letsTheDaemonKeepWhatWasAskedFor() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "serve profile dev\n").then(0, "", "dev is ready\n");

      assertThat(client.run("service", "install", "--profile", "dev", "--imds", "ops=9172"))
          .isZero();

      assertThat(client.out()).startsWith("dev is ready\njvault is there from now on:");
      assertThat(daemon.requests().get(0)).contains("&check=true&");
      assertThat(daemon.requests().get(1))
          .startsWith("POST /verbs/server profile=dev&imds=ops%3D9172&")
          .doesNotContain("check");
      assertThat(home.resolve(".profile")).exists();
    }
  }

  @Test
  void installsNothingIfTheDaemonRefusesTheProfile() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(3, "There is no profile x.", "");

      assertThat(client.run("service", "install", "--profile", "x")).isEqualTo(3);

      assertThat(client.error())
          .isEqualTo("jvault: There is no profile x. Nothing has been installed or changed.\n");
      assertThat(client.out()).isEmpty();
      assertThat(daemon.requests()).hasSize(1);
      assertThat(home.resolve(".profile")).doesNotExist();
    }
  }

  @Test
  void showsTheDaemonsLogIfNothingElseKeepsIt() {
    assertThat(client.run("service", "logs")).isZero();
    assertThat(client.out()).isEqualTo("There is no log yet.\n");
    assertThat(client.run("service", "status")).isEqualTo(1);
    assertThat(client.out()).startsWith("The service is not installed;");
  }
}
