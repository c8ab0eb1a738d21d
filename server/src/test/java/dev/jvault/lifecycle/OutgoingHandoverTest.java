package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutgoingHandoverTest {
  @TempDir Path run;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<String> givenUp = new ArrayList<>();

  @Test
  void givesUpInOrderAndGoesOnWhileTheClientIsThere() {
    OutgoingHandover leaving = leaving();
    assertThat(begin(leaving, true, true)).isTrue();
    assertThat(leaving.begun()).isTrue();
    assertThat(givenUp).containsExactly("files", "socket");
    assertThat(stopped.getCount()).isOne();
  }

  @Test
  void stopsSoonAfterTheClientHasGone() {
    assertThat(begin(leaving(), true, false)).isTrue();
    await().until(() -> stopped.getCount() == 0);
  }

  @Test
  void stopsAtOnceWherePortsCannotBeShared() {
    assertThat(begin(leaving(), false, true)).isFalse();
    assertThat(stopped.getCount()).isZero();
    assertThat(givenUp).isEmpty();
  }

  @Test
  void beginsOnce() {
    OutgoingHandover leaving = leaving();
    assertThat(begin(leaving, true, true)).isTrue();
    assertThatThrownBy(() -> begin(leaving, true, true))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("taking over already");
  }

  @Test
  void stopsWhereSomethingCannotBeGivenUp() {
    Runnable fails =
        () -> {
          throw new IllegalStateException("no");
        };
    OutgoingHandover leaving = leaving();
    assertThatThrownBy(() -> leaving.begin(() -> true, List.of(fails), () -> true))
        .hasMessage("no");
    assertThat(stopped.getCount()).isZero();
  }

  private OutgoingHandover leaving() {
    return new OutgoingHandover(run.resolve("control.sock"), stopped::countDown);
  }

  private boolean begin(OutgoingHandover leaving, boolean shares, boolean client) {
    return leaving.begin(
        () -> shares,
        List.of(() -> givenUp.add("files"), () -> givenUp.add("socket")),
        () -> client);
  }
}
