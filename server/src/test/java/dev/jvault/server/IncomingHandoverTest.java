package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a new daemon waits for in a handover. */
@Timeout(20)
final class IncomingHandoverTest {
  private static final Optional<Secret> PASSPHRASE = Optional.of(Secret.of("correct horse"));

  @TempDir Path directory;

  private Vault vault;
  private Process predecessor;

  @BeforeEach
  void start() throws IOException {
    vault = Vault.open(directory.resolve("vault"), InstantSource.system());
    vault.create(KeySource.PASSPHRASE, PASSPHRASE, Optional.empty(), Map.of());
    vault.lock();
    // It reads until it is destroyed.
    predecessor = new ProcessBuilder("cat").start();
  }

  @AfterEach
  void stop() {
    predecessor.destroyForcibly();
    vault.close();
  }

  @Test
  void aRequestGoesOnAsSoonAsTheVaultIsUnlocked() throws InterruptedException {
    IncomingHandover incoming = incoming();
    var asked = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          asked.countDown();
          incoming.awaitVault();
          assertThat(vault.unlocked()).isTrue();
          goesOn.countDown();
        });
    asked.await();
    var _ = vault.unlock(PASSPHRASE, Map.of());
    goesOn.await();
  }

  @Test
  void aRequestWaitsForALockedVaultForLessThanASecond() {
    IncomingHandover incoming = incoming();
    await()
        .between(Duration.ofMillis(800), Duration.ofSeconds(5))
        .untilAsserted(incoming::awaitVault);
  }

  @Test
  void anOrdinaryStartWaitsForNothing() {
    var incoming = IncomingHandover.begin(Optional.empty(), vault);
    incoming.whenAlone(() -> {});
    incoming.awaitAlone();
    await().atMost(Duration.ofMillis(500)).untilAsserted(incoming::awaitVault);
  }

  @Test
  void isAloneOnceThePredecessorHasEnded() {
    IncomingHandover incoming = incoming();
    var keep = new CountDownLatch(1);
    incoming.whenAlone(keep::countDown);
    assertThat(keep.getCount()).isOne();
    predecessor.destroy();
    incoming.awaitAlone();
    assertThat(keep.getCount()).isZero();
  }

  private IncomingHandover incoming() {
    return IncomingHandover.begin(Optional.of(predecessor.pid()), vault);
  }
}
