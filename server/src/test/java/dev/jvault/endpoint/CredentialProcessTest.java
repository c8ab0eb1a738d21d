package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of credential_process, by the numbers of the checklist, through its verb. */
final class CredentialProcessTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("64. one JSON object with Version as the number 1, status 0, no other output")
  void oneJsonObject() {
    ControlResponse answer = process("audit");
    assertThat(answer.ended(ExitCode.OK)).isTrue();
    assertThat(answer.message()).isEmpty();
    assertThat(answer.body())
        .startsWith("{\"Version\":1,")
        .endsWith("}\n")
        .containsOnlyOnce("\n")
        .contains("\"AccessKeyId\":\"ASIA", "\"SecretAccessKey\":\"", "\"SessionToken\":\"")
        .containsPattern("\"Expiration\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"")
        .contains("\"AccountId\":\"210987654321\"");
  }

  @Test
  @DisplayName("65. failure is a status other than 0, one line on stderr, and no output")
  void whatCannotBeHad() {
    jvault.addKey(jvault.caller(), "dev", "AKIAUNKNOWNTOAWS0000");
    // AWS may not know a key yet that was added a moment ago, so that it would be asked again.
    jvault.clock().advance(Duration.ofMinutes(1));
    for (String profile : new String[] {"dev", "mfa", "nobody"}) {
      ControlResponse answer = process(profile);
      assertThat(answer.exit()).as(profile).isNotZero();
      assertThat(answer.body()).isEmpty();
      assertThat(answer.message().strip().lines()).hasSize(1);
    }
  }

  @Test
  @DisplayName("66. the environment needs nothing but HOME")
  void nothingButAHome() {
    assertThat(jvault.stranger().variable("PATH", "").call("credential-process", "profile=dev"))
        .matches(answer -> answer.ended(ExitCode.OK));
  }

  @Test
  @DisplayName("67. concurrent and consecutive runs give the same session")
  void runsGiveTheSameSession() {
    int before = jvault.sts().calls("GetSessionToken");
    var runs =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> process("dev").body()))
            .limit(8)
            .toList();
    assertThat(runs.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(process("dev").body()).isEqualTo(runs.getFirst().join());
    assertThat(jvault.sts().calls("GetSessionToken") - before).isEqualTo(1);
  }

  private ControlResponse process(String profile) {
    return jvault.caller().call("credential-process", "profile=" + profile);
  }
}
