package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TerminalReaderTest {
  private final Keyboard keyboard = new Keyboard();
  private final CompletableFuture<Boolean> quit = new CompletableFuture<>();
  private final TerminalReader reader =
      new TerminalReader(keyboard, () -> quit.complete(true)).started();

  @Test
  void readsOneLineForEachQuestion() throws InterruptedException {
    CompletableFuture<byte[]> first = reader.nextLine();
    keyboard.type("one\n");
    assertThat(first.join()).asString(UTF_8).isEqualTo("one");
    CompletableFuture<byte[]> second = reader.nextLine();
    keyboard.type("two\n");
    assertThat(second.join()).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void halfALineThatWasDroppedIsNoPartOfTheNextAnswer() throws InterruptedException {
    reader.drop(true);
    keyboard.type("9988");
    keyboard.awaitReader();
    CompletableFuture<byte[]> answer = reader.nextLine();
    keyboard.type("123456\n");
    assertThat(answer.join()).asString(UTF_8).isEqualTo("123456");
  }

  @Test
  void readsNothingAfterTheAnswer() throws InterruptedException {
    CompletableFuture<byte[]> answer = reader.nextLine();
    keyboard.type("yes\n");
    answer.join();
    assertThat(keyboard.isRead()).isFalse();
  }

  @Test
  void tellsOfControlBackslash() throws InterruptedException {
    var _ = reader.nextLine();
    keyboard.type("12" + (char) TerminalModes.QUIT);
    assertThat(quit.join()).isTrue();
  }

  /** Hands characters over one by one, when they are read. */
  private static final class Keyboard extends InputStream {
    private static final long LONG_ENOUGH_MILLIS = 300;

    private final SynchronousQueue<Integer> typed = new SynchronousQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private int put;

    void type(String text) throws InterruptedException {
      for (int c : text.chars().toArray()) {
        typed.put(c);
        put++;
      }
    }

    /** Waits until the reader has dealt with all characters, and reads again. */
    void awaitReader() {
      await().atMost(Duration.ofMinutes(2)).until(() -> begun.get() == put + 1);
    }

    boolean isRead() throws InterruptedException {
      return typed.offer((int) 'x', LONG_ENOUGH_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      buffer[offset] = (byte) read();
      return 1;
    }

    @Override
    public int read() {
      begun.incrementAndGet();
      try {
        return typed.take();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
