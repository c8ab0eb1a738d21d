package dev.jvault.vault;

import static org.awaitility.Awaitility.await;

import dev.jvault.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs a shell command on a pseudo-terminal and answers its prompts. */
final class PseudoTerminal implements AutoCloseable {
  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private int read;

  PseudoTerminal(String command) throws IOException {
    process = new ProcessBuilder("script", "-qec", command, "/dev/null").start();
    Thread.ofVirtual().start(this::collect);
  }

  /** Waits for the next prompt and answers it. */
  void answer(String prompt, String answer) throws IOException {
    await().until(() -> output.toString(StandardCharsets.UTF_8).indexOf(prompt, read) >= 0);
    read = output.size();
    process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The exit status of the command. */
  int status() throws InterruptedException {
    if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output.toString(StandardCharsets.UTF_8));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void collect() {
    byte[] buffer = new byte[1024];
    try (InputStream stream = process.getInputStream()) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        output.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The terminal is gone; the exit status says why.
    }
  }
}
