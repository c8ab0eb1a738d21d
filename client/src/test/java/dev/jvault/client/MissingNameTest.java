package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which profile a command line means that names none. */
final class MissingNameTest {
  @TempDir Path home;
  private ClientRun client;
  private FakeDaemon daemon;

  @BeforeEach
  void open() {
    client = new ClientRun(home);
    daemon = new FakeDaemon(home);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "env --shell sh", "credential-process", "exec -- ls", "exec"})
  void isTheProfileOfTheVariable(String words) {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "");

    assertThat(client.run(words.split(" "))).isZero();

    assertThat(daemon.requests().getFirst()).contains("profile=dev&");
  }

  @Test
  void countsTheWordsBeforeTheCommandOfExec() {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "jvault-plan 1\nend\n");

    client.run("exec", "--region", "eu-west-1", "--", "ls");

    assertThat(client.out()).startsWith("shift 4\n");
  }

  @Test
  void isNotTheProfileOfTheVariableIfTheCommandLineHasAName() {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "");

    client.run("exec", "aws", "s3", "ls");

    assertThat(daemon.requests().getFirst()).contains("profile=aws&").doesNotContain("profile=dev");
  }

  @Test
  void isAnErrorIfNoPlaceNamesAProfile() {
    client.environment.put("AWS_PROFILE", "");

    assertThat(client.run("explain")).isEqualTo(2);

    assertThat(client.error()).contains("Say which profile: jvault explain NAME [--json].");
  }

  @Test
  void isRefusedIfTheVariableHoldsAnUnprintableName() {
    client.environment.put("AWS_PROFILE", "d\u202eev");

    assertThat(client.run("explain")).isEqualTo(2);

    assertThat(client.error()).contains("unprintable character");
  }
}
