package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProcessMemory;

/**
 * Closes the memory of this process to other processes, beside its other work, because the first
 * call of the C library takes Java some 20 ms. Nothing secret is in this process before the daemon
 * answers.
 */
final class MemoryClosing {
  private final Thread thread;

  private MemoryClosing(Runnable close) {
    thread = Thread.ofPlatform().daemon().name("memory").start(close);
  }

  /** Starts it for this process. */
  static MemoryClosing start() {
    return start(ProcessMemory::close);
  }

  static MemoryClosing start(Runnable close) {
    return new MemoryClosing(close);
  }

  /** Waits until the memory is closed, or cannot be: then the client works all the same. */
  void await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JvaultException(ExitCode.INTERRUPTED, "The wait was interrupted; try again.", e);
    }
  }
}
