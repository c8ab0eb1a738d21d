package dev.jvault.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** What a command has printed so far, read beside it so that a full pipe never blocks it. */
final class CommandOutput {
  private static final int USUAL = 64 << 10;

  /** A process that the command left behind may hold the stream open for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int most;
  private final Optional<Runnable> limit;
  private final Consumer<byte[]> seen;
  private final Thread reader;
  private volatile boolean exceeded;

  private CommandOutput(
      InputStream stream, int most, Optional<Runnable> limit, Consumer<byte[]> seen) {
    this.most = most;
    this.limit = limit;
    this.seen = seen;
    this.reader = Thread.ofVirtual().name("command-output").unstarted(() -> drain(stream));
  }

  /** Output of which only the beginning is wanted. */
  static CommandOutput of(InputStream stream) {
    return begun(new CommandOutput(stream, USUAL, Optional.empty(), _ -> {}));
  }

  /**
   * Output that has a limit.
   *
   * @param most how many bytes are kept
   * @param tooMuch runs once if there are more
   */
  static CommandOutput of(InputStream stream, int most, Runnable tooMuch) {
    return begun(new CommandOutput(stream, most, Optional.of(tooMuch), _ -> {}));
  }

  /** Output of which the beginning is kept, and its lines are passed on as they come. */
  static CommandOutput of(InputStream stream, CommandLines lines) {
    return begun(new CommandOutput(stream, USUAL, Optional.empty(), lines::take));
  }

  /** The text up to a limit, once the command has ended. */
  String text() throws InterruptedException {
    reader.join(PATIENCE);
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Whether the output exceeds its limit, if it has one. */
  boolean tooMuch() {
    return exceeded;
  }

  private static CommandOutput begun(CommandOutput output) {
    output.reader.start();
    return output;
  }

  private void drain(InputStream stream) {
    byte[] buffer = new byte[4096];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        int room = most - kept.size();
        kept.write(buffer, 0, Math.min(n, room));
        seen.accept(Arrays.copyOf(buffer, n));
        if (n > room && limit.isPresent()) {
          exceeded = true;
          limit.get().run();
          return;
        }
      }
    } catch (IOException e) {
      // The stream of a command that was ended: what came before counts.
    }
  }
}
