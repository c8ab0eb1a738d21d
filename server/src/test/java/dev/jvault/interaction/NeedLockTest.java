package dev.jvault.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class NeedLockTest {
  private final NeedLock lock = new NeedLock(new PersonNeed.MfaCode("serial"));
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** The one whose question is withdrawn may get the lock again before the other has queued. */
  @Test
  void aCallerWhoWaitsIsToldOfTheOneWhoTakesOver() {
    Requester first = requester("exec");
    lock.take(first, false);
    var queues = new CompletableFuture<Void>();
    var _ = lock.withdrawal().thenRun(queues::join);
    var takesOver = CompletableFuture.runAsync(() -> take(requester("unlock"), true));
    await().until(() -> lock.withdrawal().isDone());
    lock.release();
    assertThat(lock.tryTake(first)).as("the other has not queued yet").isTrue();

    var waits = CompletableFuture.runAsync(() -> take(requester("env"), false));
    await().until(() -> !lines.isEmpty());
    assertThat(lines)
        .containsExactly("waiting for an MFA code of serial, which `jvault unlock` asks for");

    lock.release();
    queues.complete(null);
    CompletableFuture.allOf(takesOver, waits).join();
  }

  private void take(Requester requester, boolean takesOver) {
    lock.take(requester, takesOver);
    lock.release();
  }

  private Requester requester(String verb) {
    var command = new AskingCommand("jvault " + verb, "", 0, "");
    return new Requester(new Waiting(lines), Map.of(), () -> Optional.of(command));
  }

  /** A user at a terminal who is told of what the command waits for. */
  private record Waiting(List<String> lines) implements Person {
    @Override
    public Optional<Secret> ask(Question question) {
      throw new AssertionError("a lock asks nothing: " + question);
    }

    @Override
    public void tellWaiting(String line) {
      lines.add(line);
    }
  }
}
