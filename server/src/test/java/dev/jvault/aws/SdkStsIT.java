package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls the STS of moto; {@code moto_server} has to be installed. */
final class SdkStsIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private static Path folder;
  private static Process moto;
  private static ServiceTarget target;

  @BeforeAll
  static void startMoto() throws IOException {
    int port = FreePort.next();
    moto =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    target = StsCalls.at(URI.create("http://127.0.0.1:" + port));
    await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
  }

  @AfterAll
  static void stopMoto() {
    moto.descendants().forEach(ProcessHandle::destroy);
    moto.destroy();
  }

  @Test
  void issuesASessionAndARoleOnTop() {
    try (var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      Instant start = CLOCK.instant();
      SessionCredentials session = SdkStsTest.issued(calls.sessionWithCode(target, "123456"));
      SessionCredentials role =
          SdkStsTest.issued(
              calls.sts.assumeRole(session, StsCalls.roleHop(target), Optional.empty()));

      assertThat(session.expiration()).isBetween(start.plusSeconds(3500), start.plusSeconds(3700));
      assertThat(role.expiration()).isBetween(start.plusSeconds(800), start.plusSeconds(1000));
      assertThat(role.accountId()).hasValue("210987654321");
      assertThat(role.accessKeyId()).isNotEqualTo(session.accessKeyId());
      assertThat(calls.skew.large()).isFalse();
    }
  }

  private static boolean listens(int port) {
    assertThat(moto.isAlive()).isTrue();
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
