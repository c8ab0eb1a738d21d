package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads lines from the terminal on a thread of its own, because reading from it cannot be
 * interrupted and a question can be withdrawn. Reads only while a line is wanted or input is to be
 * dropped, because what is typed afterwards belongs to the next command.
 */
final class TerminalReader {
  private static final int LONGEST_ANSWER = 1 << 16;

  private final InputStream in;
  private final Runnable whenQuit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition needed = lock.newCondition();
  private volatile boolean ended;
  private volatile CompletableFuture<byte[]> wanted = new CompletableFuture<>();
  private boolean dropping;

  /**
   * A reader that reads nothing yet.
   *
   * @param whenQuit is called for Ctrl-\
   */
  TerminalReader(InputStream in, Runnable whenQuit) {
    this.in = in;
    this.whenQuit = whenQuit;
    boolean _ = wanted.cancel(false);
  }

  /** Starts its thread. */
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
    change(() -> wanted = line);
    return line;
  }

  /**
   * Sets whether what nothing wants is read and dropped. Each character is dropped at once, so that
   * half a line is no part of the next answer.
   */
  void drop(boolean drop) {
    change(() -> dropping = drop);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      needed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitNeed() {
    lock.lock();
    try {
      while (wanted.isDone() && !dropping) {
        needed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private int next(boolean first) throws IOException {
    if (first) {
      awaitNeed();
    }
    return in.read();
  }

  private void read() {
    var line = new ByteArrayOutputStream();
    try {
      for (int b = next(true); b >= 0 && line.size() < LONGEST_ANSWER; b = next(line.size() == 0)) {
        if (b == TerminalModes.QUIT) {
          whenQuit.run();
        } else if (!wanted.isDone()) {
          take(b, line);
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

  private void take(int b, ByteArrayOutputStream line) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    byte[] answer = line.toByteArray();
    line.reset();
    if (!wanted.complete(answer)) {
      Arrays.fill(answer, (byte) 0);
    }
  }
}
