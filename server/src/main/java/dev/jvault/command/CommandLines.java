package dev.jvault.command;

import dev.jvault.protocol.PrintableText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Passes the output of a command to a listener, line by line while it runs: the address of a login,
 * say. A command that talks without end is heard for a while only. For one thread.
 */
final class CommandLines {
  private static final int MOST_LINES = 20;
  private static final int LONGEST = 4_000;

  private final Consumer<String> listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int passed;

  CommandLines(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Takes the next bytes. */
  void take(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n') {
        pass();
      } else if (line.size() < LONGEST) {
        line.write(b);
      }
    }
  }

  private void pass() {
    String text = PrintableText.oneLine(line.toString(StandardCharsets.UTF_8));
    line.reset();
    if (!text.isEmpty() && passed < MOST_LINES) {
      passed++;
      listener.accept(text);
    }
  }
}
