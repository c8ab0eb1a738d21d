package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new daemon waits for in a handover. */
final class IncomingHandoverTest {
  private static final Optional<Secret> PASSPHRASE = Optional.of(Secret.of("correct horse"));

  /** Longer than any machine takes; a test that waits for it fails by its own limit. */
  private static final Duration LONG = Duration.ofHours(1);

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
  void aRequestGoesOnAsSoonAsTheVaultIsUnlocked() throws Exception {
    IncomingHandover incoming = incoming(LONG);
    var asked = new CountDownLatch(1);
    CompletableFuture<Boolean> unlocked =
        CompletableFuture.supplyAsync(
            () -> {
              asked.countDown();
              incoming.awaitVault();
              return vault.unlocked();
            },
            task -> Thread.ofVirtual().start(task));
    asked.await();
    var _ = vault.unlock(PASSPHRASE, Map.of());
    assertThat(unlocked.get()).isTrue();
  }

  @Test
  void aRequestDoesNotWaitForALockedVaultForLongerThanItsLimit() {
    incoming(Duration.ofMillis(50)).awaitVault();
    assertThat(vault.unlocked()).isFalse();
  }

  @Test
  void anOrdinaryStartWaitsForNothing() {
    var incoming = IncomingHandover.begin(Optional.empty(), vault, LONG, LONG);
    incoming.whenAlone(() -> {});
    incoming.awaitAlone();
    incoming.awaitVault();
    assertThat(vault.unlocked()).isFalse();
  }

  @Test
  void isAloneOnceThePredecessorHasEnded() {
    IncomingHandover incoming = incoming(LONG);
    var keep = new CountDownLatch(1);
    incoming.whenAlone(keep::countDown);
    assertThat(keep.getCount()).isOne();
    predecessor.destroy();
    incoming.awaitAlone();
    assertThat(keep.getCount()).isZero();
  }

  private IncomingHandover incoming(Duration request) {
    return IncomingHandover.begin(Optional.of(predecessor.pid()), vault, request, LONG);
  }
}
