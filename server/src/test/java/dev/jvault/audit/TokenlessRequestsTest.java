package dev.jvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that ask without a token. */
final class TokenlessRequestsTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private AuditLog audit;
  private TokenlessRequests requests;

  @BeforeEach
  void start() {
    audit = new AuditLog(folder.resolve("audit.log"), clock);
    requests = new TokenlessRequests(audit, clock);
  }

  @AfterEach
  void stop() {
    audit.close();
  }

  @Test
  void namesTheProgramAndWhenItAskedLast() {
    asks("dev", "/usr/bin/rclone");
    clock.advance(Duration.ofMinutes(2));
    asks("dev", "/usr/bin/rclone");
    clock.advance(Duration.ofMinutes(1));
    asks("prod", "/usr/bin/s3cmd");

    assertThat(requests.latest())
        .containsExactly(
            new TokenlessRequests.Entry("s3cmd", "prod", clock.instant()),
            new TokenlessRequests.Entry("rclone", "dev", clock.instant().minusSeconds(60)));
  }

  @Test
  void forgetsAProgramAfterAnHour() {
    asks("dev", "/usr/bin/rclone");
    clock.advance(Duration.ofMinutes(61));
    assertThat(requests.latest()).isEmpty();
  }

  @Test
  void recordsAProgramInTheAuditOnceInTenMinutes() throws IOException {
    for (int i = 0; i < 100; i++) {
      asks("dev", "/usr/bin/rclone");
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(recorded()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(3));
    asks("dev", "/usr/bin/rclone");
    assertThat(recorded()).isEqualTo(2);
  }

  @Test
  void keepsTheLatestTwentyOfManyPrograms() {
    for (int i = 0; i < 50; i++) {
      asks("dev", "/bin/p" + i);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(requests.latest()).hasSize(20).first().extracting("program").isEqualTo("p49");
  }

  private long recorded() throws IOException {
    return audit.read(new AuditFilter(Optional.empty(), Optional.empty(), 100)).stream()
        .filter(entry -> entry.issuance().method() == DeliveryMethod.NO_TOKEN)
        .count();
  }

  private void asks(String profile, String executable) {
    requests.note(
        profile, profile + "-terminal", OptionalLong.of(42), Optional.of(executable), 1000);
  }
}
