package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon does as soon as its lock or its control socket is deleted. */
final class DaemonPlaceTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path home;

  private final AtomicInteger lost = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private Path vault;

  @SuppressWarnings("NullAway.Init")
  private Path socket;

  @SuppressWarnings("NullAway.Init")
  private SingleInstance lock;

  @SuppressWarnings("NullAway.Init")
  private DaemonPlace place;

  @SuppressWarnings("NullAway.Init")
  private AutoCloseable watch;

  private volatile boolean canOpen = true;

  @BeforeEach
  void start() throws IOException {
    vault = Files.createDirectory(home.resolve("vault"));
    socket = home.resolve("run/control.sock");
    lock = SingleInstance.take(vault.resolve("daemon.lock"), 4711);
    var entrance = new FileEntrance();
    entrance.open();
    place = new DaemonPlace(lock, entrance);
    watch = FolderWatch.deletions(() -> List.of(vault, home, home.resolve("run")), this::check);
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    place.giveUp();
    lock.close();
  }

  @Test
  void makesADeletedSocketAgain() throws IOException {
    for (int round = 0; round < 5; round++) {
      Files.delete(socket);
      await().atMost(LIMIT).until(() -> Files.exists(socket));
    }
    assertThat(lost).hasValue(0);
  }

  @Test
  void makesTheWholeFolderAgain() throws IOException {
    for (int round = 0; round < 5; round++) {
      Path gone = Files.move(home.resolve("run"), home.resolve("gone" + round));
      assertThat(gone).isDirectory();
      await().atMost(LIMIT).until(() -> Files.exists(socket));
    }
  }

  @Test
  void takesADeletedLockAgain() throws IOException {
    Files.delete(vault.resolve("daemon.lock"));
    await().atMost(LIMIT).until(() -> Files.exists(vault.resolve("daemon.lock")));
    assertThat(lost).hasValue(0);
  }

  @Test
  void losesItsPlaceWithTheFolderOfTheVault() throws IOException {
    Files.move(vault, home.resolve("moved"));
    await().atMost(LIMIT).until(() -> lost.get() > 0);
  }

  @Test
  void keepsThePlaceOfASocketThatCannotBeMadeNow() throws IOException {
    canOpen = false;
    Files.delete(socket);
    assertThat(place.check()).isEqualTo(DaemonPlace.Finding.KEPT);
    canOpen = true;
    assertThat(place.check()).isEqualTo(DaemonPlace.Finding.MADE_AGAIN);
  }

  @Test
  void makesNothingOnceItHasGivenUp() throws IOException {
    place.giveUp();
    Files.delete(socket);
    assertThat(place.check()).isEqualTo(DaemonPlace.Finding.KEPT);
    assertThat(socket).doesNotExist();
  }

  private boolean check() {
    DaemonPlace.Finding found = place.check();
    if (found == DaemonPlace.Finding.LOST) {
      lost.incrementAndGet();
    }
    return found == DaemonPlace.Finding.MADE_AGAIN;
  }

  /** A file stands in for the socket. */
  private final class FileEntrance implements DaemonPlace.Entrance {
    @Override
    public boolean present() {
      return Files.exists(socket);
    }

    @Override
    public void open() {
      if (!canOpen) {
        throw new JvaultException(ExitCode.DAEMON, "No socket.");
      }
      try {
        Files.createDirectories(socket.getParent());
        Files.createFile(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
