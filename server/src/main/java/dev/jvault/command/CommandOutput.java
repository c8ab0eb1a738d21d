package dev.jvault.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a command has printed so far, read beside it so that a full pipe never blocks it. */
final class CommandOutput {
  private static final int LIMIT = 64 << 10;

  /** A process that the command left behind may hold the stream open for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;

  private CommandOutput(InputStream stream) {
    reader = Thread.ofVirtual().name("key-command-output").unstarted(() -> drain(stream));
  }

  static CommandOutput of(InputStream stream) {
    var output = new CommandOutput(stream);
    output.reader.start();
    return output;
  }

  /** The text up to a limit, once the command has ended. */
  String text() throws InterruptedException {
    reader.join(PATIENCE);
    return kept.toString(StandardCharsets.UTF_8);
  }

  private void drain(InputStream stream) {
    byte[] buffer = new byte[4096];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        kept.write(buffer, 0, Math.min(n, LIMIT - kept.size()));
      }
    } catch (IOException e) {
      // The stream of a command that was ended: what came before counts.
    }
  }
}
