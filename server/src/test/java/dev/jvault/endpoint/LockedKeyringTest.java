package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Patience;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SDKs get while the desktop's keyring, which holds the vault's key, is locked. */
final class LockedKeyringTest {
  @TempDir Path home;

  @Test
  void withoutADesktopTheResponseSaysAtOnceWhatToRunAndNobodyIsAsked() throws IOException {
    var asked = new AtomicInteger();
    try (var endpoint = new EndpointFixture(home)) {
      SdkClient client = endpoint.client("dev");
      endpoint.lockKeyring(asked::incrementAndGet);

      SdkResponse response = client.get();

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.member("Message"))
          .isEqualTo(
              "jvault needs the desktop's keyring, which is locked: run `jvault unlock dev`.");
      assertThat(asked).hasValue(0);
    }
  }

  @Test
  void onADesktopTheWindowAppearsBesideTheResponseAndItsAnswerServesTheNextRequest()
      throws IOException, InterruptedException {
    var asked = new AtomicInteger();
    var typed = new CountDownLatch(1);
    try (var endpoint = new EndpointFixture(home).onADesktop()) {
      SdkClient client = endpoint.client("dev");
      endpoint.lockKeyring(() -> {
        asked.incrementAndGet();
        awaitQuietly(typed);
      });

      assertThat(client.get().status()).isEqualTo(503);
      await().atMost(Patience.LIMIT).until(() -> asked.get() == 1);
      SdkResponse meanwhile = client.get();
      assertThat(meanwhile.status()).isEqualTo(503);
      assertThat(meanwhile.member("Message")).contains("jvault unlock dev");

      typed.countDown();
      await().atMost(Patience.LIMIT).until(() -> client.get().credentials());
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void aWindowThatTheUserClosesDoesNotComeBackAtTheNextRequest() throws IOException {
    var asked = new AtomicInteger();
    try (var endpoint = new EndpointFixture(home).onADesktop()) {
      SdkClient client = endpoint.client("dev");
      endpoint.lockKeyring(() -> {
        asked.incrementAndGet();
        throw new JvaultException(ExitCode.VAULT, "The keyring is locked and was not unlocked.");
      });

      assertThat(client.get().status()).isEqualTo(503);
      await().atMost(Patience.LIMIT).until(() -> asked.get() == 1);
      for (int request = 0; request < 5; request++) {
        assertThat(client.get().status()).isEqualTo(503);
      }
      assertThat(asked).hasValue(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
