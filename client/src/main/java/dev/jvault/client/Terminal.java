package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the controlling terminal, which it opens by its device, because standard input belongs to
 * the user's command. The terminal's line editing stays on; {@link TerminalModes} switches the echo
 * off for a hidden answer. Its questions are asked from one thread.
 */
final class Terminal implements Prompter {
  private static final File DEVICE = new File("/dev/tty");

  /** What the terminal shows now, to be shown again after a pause; empty if nothing. */
  private record Shown(TerminalModes modes, String question) {}

  private volatile @Nullable Shown shown;
  private @Nullable TerminalReader reader;

  @Override
  public boolean canAsk() {
    try (var in = new FileInputStream(DEVICE)) {
      return in.getFD().valid();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public Optional<byte[]> ask(String question, boolean echo, CompletableFuture<?> withdrawn) {
    String text = question.stripTrailing() + " ";
    if (!Foreground.ours()) {
      System.err.println(
          "jvault: asks on the terminal, but runs in the background; bring it to the foreground with"
              + " `fg` (under `timeout`, use --foreground)");
    }
    try (var modes = TerminalModes.forQuestion(question, echo)) {
      CompletableFuture<byte[]> line = reader(question).nextLine();
      shown = new Shown(modes, text);
      write(text);
      CompletableFuture.anyOf(line, withdrawn).join();
      if (line.isDone()) {
        endLine(echo);
        return Optional.of(line.join());
      }
      write("(no longer needed)\n");
      return Optional.empty();
    } catch (CompletionException e) {
      write("\n");
      throw e.getCause() instanceof JvaultException reason ? reason : e;
    } finally {
      shown = null;
    }
  }

  @Override
  public Hidden hide() {
    if (!canAsk() || !Foreground.ours()) {
      return Hidden.NOTHING;
    }
    TerminalModes modes = TerminalModes.forDropping();
    drop(true);
    shown = new Shown(modes, "");
    return () -> {
      shown = null;
      drop(false);
      modes.close();
    };
  }

  @Override
  public String name() {
    return Foreground.terminal();
  }

  @Override
  public int columns() {
    if (!canAsk()) {
      return 0;
    }
    String size = Stty.run("size");
    int blank = size.indexOf(' ');
    return blank < 0 ? 0 : TerminalWidth.parse(size.substring(blank + 1));
  }

  /** The reader, which lives as long as its input: a blocked read cannot be ended. */
  private TerminalReader reader(String question) {
    TerminalReader known = reader;
    if (known != null && !known.ended()) {
      return known;
    }
    try {
      var in = new FileInputStream(DEVICE);
      known = new TerminalReader(in, () -> System.exit(ExitCode.QUIT.status())).started();
      reader = known;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PERSON, "There is no terminal to ask on: " + question.strip(), e);
    }
    ContinueSignal.handle(this::showAgain);
    return known;
  }

  private void drop(boolean drop) {
    try {
      reader("").drop(drop);
    } catch (JvaultException _) {
      // It cannot be read, so nothing that is typed is dropped.
    }
  }

  /**
   * After Ctrl-Z and {@code fg}: the question is gone, and the shell may have switched the echo on.
   * After {@code bg}, the terminal belongs to another job.
   */
  private void showAgain() {
    Shown now = shown;
    if (now != null && Foreground.ours() && now.modes().apply()) {
      write(now.question());
    }
  }

  /** Prints the line end that a hidden Enter did not show. */
  private static void endLine(boolean echo) {
    if (!echo) {
      write("\n");
    }
  }

  /** Writes to the terminal, if there is one. */
  static void write(String text) {
    try (var out = new FileOutputStream(DEVICE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The terminal is gone.
    }
  }
}
