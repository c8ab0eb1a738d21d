package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What link-local asks the daemon, for the user and for the root process that runs it. */
final class LinkLocalVerbTest {
  @TempDir Path home;

  @Test
  void asksForThePortsOfAProfile() {
    var client = new ClientRun(home);
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "imds 9171\nendpoint 9170\n");

      assertThat(client.run("link-local", "ports", "--", "my dev")).isZero();
      assertThat(client.out()).isEqualTo("imds 9171\nendpoint 9170\n");
      assertThat(daemon.requests().get(0)).startsWith("POST /verbs/link-local profile=my+dev&");
    }
  }

  @Test
  void passesOnTheDaemonsRefusal() {
    var client = new ClientRun(home);
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(3, "There is no profile x.", "");

      assertThat(client.run("link-local", "ports", "x")).isEqualTo(3);
      assertThat(client.error()).isEqualTo("jvault: There is no profile x.\n");
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void refusesAnEmptyName() {
    var client = new ClientRun(home);

    assertThat(client.run("link-local", "up", "")).isEqualTo(2);
    assertThat(client.error()).contains("name is empty");
  }
}
