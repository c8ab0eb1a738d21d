package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants that many threads use, make, replace and end at the same time. */
final class GrantsThreadsTest {
  private static final CallerEnvironment PLAIN = CallerEnvironment.of(Map.of());

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @SuppressWarnings("NullAway.Init")
  private Grants grants;

  @BeforeEach
  void open() {
    OwnerFiles.folder(folder.resolve("state"));
    grants = reopened();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void makesOneGrantForManyConcurrentCallers() throws Exception {
    List<Future<Grant>> all = new ArrayList<>();
    for (int caller = 0; caller < 200; caller++) {
      all.add(threads.submit(() -> grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN)));
    }
    for (Future<Grant> grant : all) {
      assertThat(grant.get()).isEqualTo(all.getFirst().get());
    }
    assertThat(grants.admit(token("dev"))).isPresent();
    assertThat(reopened().all()).hasSize(1);
  }

  @Test
  void admitsEveryTokenInAFileDuringConcurrentChanges() throws Exception {
    var _ = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    var over = new AtomicBoolean();
    var round = new AtomicInteger();
    List<Future<Boolean>> readers = new ArrayList<>();
    for (int reader = 0; reader < 8; reader++) {
      readers.add(
          threads.submit(() -> {
            boolean refused = false;
            while (!over.get()) {
              int before = round.get();
              boolean admitted = grants.admit(token("dev")).isPresent();
              // A week may pass between these two lines.
              refused |= !admitted && round.get() == before;
            }
            return refused;
          }));
    }
    while (round.incrementAndGet() < 60) {
      clock.advance(Duration.ofDays(8));
      assertThat(grants.maintain()).isEmpty();
      String other = "other" + round.get() % 5;
      var _ = grants.standing(Grant.Kind.SERVER, other, PLAIN);
      var _ = grants.end(grant -> grant.profile().equals(other));
    }
    over.set(true);
    for (Future<Boolean> reader : readers) {
      assertThat(reader.get()).isFalse();
    }
    assertThat(reopened().all()).hasSize(1);
  }

  @Test
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // To hold that one is the point.
  void admitsWhileAnotherThreadWaitsForTheDisk() throws Exception {
    var _ = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    String token = token("dev");
    var waiting = new CountDownLatch(1);
    Future<Grant> slow;
    // Every write needs this lock, so holding it stands for a slow disk.
    synchronized (OwnerFiles.class) {
      slow =
          threads.submit(() -> {
            waiting.countDown();
            return grants.standing(Grant.Kind.TERMINAL, "slow", PLAIN);
          });
      waiting.await();
      Future<Optional<Grant>> quick = threads.submit(() -> grants.admit(token));
      assertThat(quick.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isPresent();
      assertThat(
              threads
                  .submit(() -> grants.find("dev-terminal"))
                  .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isPresent();
      assertThat(
              threads
                  .submit(() -> grants.views())
                  .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .hasSize(1);
      assertThat(slow.isDone()).isFalse();
    }
    assertThat(slow.get().profile()).isEqualTo("slow");
  }

  private Grants reopened() {
    Path state = folder.resolve("state");
    return new Grants(state, state.resolve("tokens"), clock);
  }

  private String token(String profile) throws IOException {
    return Files.readString(grants.tokenFile(profile + "-terminal"));
  }
}
