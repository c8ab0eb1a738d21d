package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of {@code jvault sso}. */
final class SsoVerbTest {
  @TempDir Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    client = new ClientRun(home);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sso | Say what to do: jvault sso setup URL, login SESSION
          sso lgin corp | `lgin` is none of its jobs
          sso login a b | `b` is one word too many for jvault sso login
          sso list a | `a` is one word too many for jvault sso list
          sso list --share | --share belongs to `jvault sso login`
          sso login --all | --all belongs to `jvault sso logout`
          sso logout --json | --json belongs to `jvault sso list` and `accounts`
          sso logout --all corp | Name a session or give --all, not both
          sso login --dvice-code | did you mean --device-code?
          """)
  void refusesContradictoryArguments(String words, String sentence) {
    assertThat(client.run(words.split(" ", -1))).isEqualTo(2);
    assertThat(client.error()).contains(sentence);
  }

  @Test
  void sendsTheJobWithItsOptions() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "").then(0, "", "");
      client.run("sso", "login", "--share", "--device-code", "my corp");
      client.run("sso", "logout", "--all");

      assertThat(decoded(daemon, 0))
          .startsWith("POST /verbs/sso job=login&session=my corp&device-code=true&share=true&");
      assertThat(decoded(daemon, 1)).startsWith("POST /verbs/sso job=logout&all=true&");
    }
  }

  @Test
  void sendsTheVariablesThatABrowserNeeds() {
    client.environment.put("BROWSER", "firefox %s");
    client.environment.put("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "");
      client.run("sso", "login");
      assertThat(decoded(daemon, 0))
          .contains("env.BROWSER=firefox %s&", "env.SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22&");
    }
  }

  private static String decoded(FakeDaemon daemon, int request) {
    return URLDecoder.decode(daemon.requests().get(request), StandardCharsets.UTF_8);
  }
}
