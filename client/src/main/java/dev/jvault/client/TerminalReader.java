package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Reads lines from the terminal on a thread of its own, because reading from it cannot be
 * interrupted and a question can be withdrawn. What nobody asked for is dropped.
 */
final class TerminalReader {
  private static final int LONGEST_ANSWER = 1 << 16;

  private final InputStream in;
  private final Runnable whenQuit;
  private volatile boolean ended;
  private volatile CompletableFuture<byte[]> wanted = new CompletableFuture<>();

  /**
   * A reader that has begun to read.
   *
   * @param whenQuit is called for Ctrl-\
   */
  TerminalReader(InputStream in, Runnable whenQuit) {
    this.in = in;
    this.whenQuit = whenQuit;
    boolean _ = wanted.cancel(false);
  }

  /** Begins to read. */
  TerminalReader started() {
    Thread.ofPlatform().daemon().name("terminal-reader").start(this::read);
    return this;
  }

  /** Whether its input has ended (Ctrl-D), so that it reads no more. */
  boolean ended() {
    return ended;
  }

  /** The next line without its end; fails if the input ends. */
  CompletableFuture<byte[]> nextLine() {
    var line = new CompletableFuture<byte[]>();
    wanted = line;
    return line;
  }

  private void read() {
    var line = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0 && line.size() < LONGEST_ANSWER; b = in.read()) {
        if (b == TerminalModes.QUIT) {
          whenQuit.run();
        } else if (b != '\n') {
          line.write(b);
        } else {
          byte[] answer = line.toByteArray();
          line.reset();
          if (!wanted.complete(answer)) {
            Arrays.fill(answer, (byte) 0);
          }
        }
      }
    } catch (IOException _) {
      // The terminal is gone, which ends the input.
    }
    ended = true;
    boolean _ =
        wanted.completeExceptionally(
            new JvaultException(ExitCode.PERSON, "Nothing was entered; nothing was changed."));
  }
}
