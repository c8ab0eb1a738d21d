package dev.jvault.client;

import java.util.concurrent.TimeUnit;

/** A daemon in the foreground: it ends with this process, whatever ends this process. */
final class ChildProcess implements AutoCloseable {
  private static final long SECONDS = 20;

  private final Process process;
  private final Thread hook;

  ChildProcess(Process process) {
    this.process = process;
    this.hook = new Thread(this::end, "daemon-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      end();
    } catch (IllegalStateException _) {
      // The process is ending, and the hook runs.
    }
  }

  private void end() {
    process.destroy();
    try {
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
