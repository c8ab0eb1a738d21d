package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileWatchTest {
  @TempDir Path folder;

  @Test
  void makesADeletedTokenFileAgainWithoutAHeartbeat() throws Exception {
    var grants = new Grants(folder, folder.resolve("tokens"), new FakeClock());
    Grant dev = grants.standing(Grant.Kind.SERVER, "dev", CallerEnvironment.of(Map.of()));
    Path file = grants.tokenFile(dev.id());
    try (var _ = TokenFileWatch.start(folder.resolve("tokens"), grants::maintain, () -> false)) {
      for (int round = 0; round < 2; round++) {
        Files.delete(file);
        await().atMost(Patience.LIMIT).until(() -> Files.exists(file));
      }
    }
    assertThat(grants.admit(Files.readString(file))).contains(dev);
  }

  @Test
  void doesNotRepeatAWriteThatFails() throws Exception {
    var rounds = new AtomicInteger();
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(tokens.resolve("a"), "");
    Files.writeString(tokens.resolve("b"), "");
    Runnable failing =
        () -> {
          rounds.incrementAndGet();
          try {
            Files.delete(Files.createFile(tokens.resolve(".a.1.tmp")));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (var _ = TokenFileWatch.start(tokens, failing, () -> false)) {
      Files.delete(tokens.resolve("a"));
      await().atMost(Patience.LIMIT).until(() -> rounds.get() == 1);
      Files.delete(tokens.resolve("b"));
      await().atMost(Patience.LIMIT).until(() -> rounds.get() == 2);
    }
    assertThat(rounds.get()).isEqualTo(2);
  }
}
