package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutgoingHandoverTest {
  private static final CompletableFuture<Void> CLIENT_GONE =
      CompletableFuture.completedFuture(null);

  @TempDir Path run;

  private final CompletableFuture<Void> clientLives = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<String> givenUp = new ArrayList<>();

  @Test
  void givesUpInOrderAndGoesOnWhileTheClientLives() {
    OutgoingHandover outgoing = outgoing(true);
    assertThat(outgoing.begin(clientLives)).isTrue();
    assertThat(outgoing.begun()).isTrue();
    assertThat(givenUp).containsExactly("files", "socket");
    assertThat(stopped.getCount()).isOne();
  }

  @Test
  void stopsSoonAfterTheClientHasEnded() {
    assertThat(outgoing(true).begin(CLIENT_GONE)).isTrue();
    await().until(() -> stopped.getCount() == 0);
  }

  @Test
  void stopsSoonAfterTheSuccessorsSocketHasAppeared() throws IOException {
    assertThat(outgoing(true).begin(clientLives)).isTrue();
    Path made = Files.createFile(run.resolve("control.4711"));
    Files.move(made, run.resolve("control.sock"));
    await().between(Duration.ofSeconds(4), Patience.LIMIT).until(() -> stopped.getCount() == 0);
  }

  @Test
  void stopsAtOnceIfPortsCannotBeShared() {
    assertThat(outgoing(false).begin(clientLives)).isFalse();
    assertThat(stopped.getCount()).isZero();
    assertThat(givenUp).isEmpty();
  }

  @Test
  void beginsOnce() {
    OutgoingHandover outgoing = outgoing(true);
    assertThat(outgoing.begin(clientLives)).isTrue();
    assertThatThrownBy(() -> outgoing.begin(clientLives))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("taking over already");
  }

  @Test
  void stopsIfSomethingCannotBeGivenUp() {
    OutgoingHandover outgoing = outgoing(true);
    outgoing.givesUp(() -> {
      throw new IllegalStateException("no");
    });
    assertThatThrownBy(() -> outgoing.begin(clientLives)).hasMessage("no");
    assertThat(stopped.getCount()).isZero();
  }

  private OutgoingHandover outgoing(boolean shares) {
    var outgoing =
        new OutgoingHandover(run.resolve("control.sock"), () -> shares, stopped::countDown);
    outgoing.givesUp(() -> givenUp.add("files"), () -> givenUp.add("socket"));
    return outgoing;
  }
}
