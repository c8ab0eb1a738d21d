package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a verb whose client has gone. */
@Timeout(60)
final class ConversationTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  @Attack("short-chains")
  void aVerbThatOnlyWorksForItsClientEndsWithIt() throws Exception {
    Conversation conversation = conversation(true);
    Thread runner = Thread.ofVirtual().start(conversation::run);
    assertThat(conversation.next()).isInstanceOf(Conversation.Event.VerbEnded.class);
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    runner.join();
  }

  @Test
  void aVerbThatChangesSomethingEndsWhatItHasBegun() throws Exception {
    Conversation conversation = conversation(false);
    Thread runner = Thread.ofVirtual().start(conversation::run);
    Thread.ofVirtual()
        .start(() -> {
          while (looks.get() < 2) {
            Thread.onSpinWait();
          }
          release.countDown();
        });
    assertThat(conversation.next())
        .isInstanceOfSatisfying(
            Conversation.Event.VerbEnded.class,
            ended -> assertThat(ended.reply().exit()).isEqualTo(ExitCode.OK));
    assertThat(interrupted.getCount()).isEqualTo(1);
    runner.join();
  }

  private Conversation conversation(boolean endsWithItsClient) {
    return new Conversation("1", "list", new Waiting(endsWithItsClient), Map.of(), this::gone);
  }

  private boolean gone(Conversation conversation) {
    looks.incrementAndGet();
    return false;
  }

  private final class Waiting implements Verb {
    private final boolean endsWithItsClient;

    Waiting(boolean endsWithItsClient) {
      this.endsWithItsClient = endsWithItsClient;
    }

    @Override
    public boolean endsWithItsClient() {
      return endsWithItsClient;
    }

    @Override
    public Reply run(Call call) {
      try {
        release.await();
        return Reply.ofOutput("done\n");
      } catch (InterruptedException _) {
        interrupted.countDown();
        throw new CancellationException();
      }
    }
  }
}
