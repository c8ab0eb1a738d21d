package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits for files that appear in a folder or disappear from it. */
final class FolderWatchTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void returnsAtOnceIfTheConditionHolds() {
    assertThat(FolderWatch.await(folder, () -> true, Duration.ZERO)).isTrue();
  }

  @Test
  void noticesAFileThatAppearsAndOneThatIsDeleted() throws Exception {
    Path file = folder.resolve("control.sock");
    Path other = Files.createFile(folder.resolve("control.1"));
    var looks = new AtomicInteger();
    var appears =
        Thread.ofPlatform()
            .start(() -> {
              awaitFirst(looks);
              move(other, file);
            });
    assertThat(
            FolderWatch.await(
                folder, () -> looks.incrementAndGet() > 0 && Files.exists(file), LONG))
        .isTrue();
    appears.join();

    Files.delete(file);
    assertThat(FolderWatch.await(folder, () -> !Files.exists(file), LONG)).isTrue();
  }

  @Test
  void looksAgainWithoutAnEvent() {
    var looks = new AtomicInteger();
    assertThat(FolderWatch.await(folder, () -> looks.incrementAndGet() == 3, LONG)).isTrue();
  }

  @Test
  void givesUpAfterTheDeadline() {
    assertThat(FolderWatch.await(folder, () -> false, Duration.ofMillis(20))).isFalse();
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    assertThatThrownBy(() -> FolderWatch.of(folder.resolve("none")))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("none cannot be watched");
  }

  private static void awaitFirst(AtomicInteger looks) {
    while (looks.get() == 0) {
      Thread.onSpinWait();
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
