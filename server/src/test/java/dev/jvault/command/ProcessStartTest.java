package dev.jvault.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProcessStartTest {
  @Test
  @Attack("regular-files")
  void aStartThatHangsIsGivenUpAndItsProcessEndedLater() throws Exception {
    var release = new CountDownLatch(1);
    var late = new CompletableFuture<Process>();
    assertThatThrownBy(() ->
            ProcessStart.within(
                Duration.ofMillis(50),
                () -> {
                  release.await();
                  Process process = new ProcessBuilder("sleep", "600").start();
                  late.complete(process);
                  return process;
                }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer");
    release.countDown();
    assertThat(late.get().waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aProgramThatIsNotThereIsReportedAsBefore() {
    assertThatThrownBy(() ->
            ProcessStart.within(
                ProcessStart.LIMIT, () -> new ProcessBuilder("/no/such/program").start()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/program");
  }
}
