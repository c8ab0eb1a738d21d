package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the user learns that AWS does not know a key. */
final class RefusedKeyNoticeTest {
  private static final String ID = "AKIANOBODYKNOWSTHIS1";
  private static final String NEWS =
      "AWS does not know the key of dev ("
          + ID
          + "): it may be deactivated or deleted, or the account has not enabled the region; check"
          + " it in IAM, or run `jvault add dev` with a valid one.";

  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
    jvault.addKey(jvault.caller(), "dev", ID);
    jvault.clock().advance(Duration.ofSeconds(40));
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void theNextVerbOnATerminalSaysItOnceAndStatusAlwaysDoes() {
    assertThat(jvault.caller().call("exec", "profile=dev").ended(ExitCode.DENIED)).isTrue();
    assertThat(jvault.caller().call("list").message()).isEmpty();
    var person = jvault.caller().atTerminal();
    assertThat(person.call("list").message()).isEqualTo(NEWS);
    assertThat(person.call("list").message()).isEmpty();
    assertThat(person.call("status").body()).contains("  key        " + NEWS + " (for ");
    assertThat(person.call("status", "json=true").body())
        .contains("\"refusedKeys\"", "\"accessKeyId\": \"" + ID + "\"", "\"since\": \"20");

    jvault.addKey(jvault.caller(), "dev", RunningJvault.KEY_ID);
    assertThat(jvault.caller().call("status").body()).doesNotContain(ID);
    assertThat(jvault.exec("dev").value("AWS_VAULT")).contains("dev");
  }

  @Test
  void aUserWhoReadTheErrorOnATerminalGetsNoNotice() {
    var person = jvault.caller().atTerminal();
    assertThat(person.call("exec", "profile=dev").message()).contains("AWS does not know");
    assertThat(person.call("list").message()).isEmpty();
  }
}
