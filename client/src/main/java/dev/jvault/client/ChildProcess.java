package dev.jvault.client;

import java.util.concurrent.TimeUnit;

/** A child in the foreground that ends with this process, whatever ends this process. */
final class ChildProcess implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 20;

  private final Process process;
  private final Thread hook;

  ChildProcess(Process process) {
    this.process = process;
    this.hook = new Thread(this::end, "child-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      end();
    } catch (IllegalStateException _) {
      // This process is already ending, so the hook does it.
    }
  }

  private void end() {
    process.destroy();
    try {
      process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
