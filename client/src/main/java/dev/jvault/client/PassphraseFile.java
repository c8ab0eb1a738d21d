package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The file that JVAULT_PASSPHRASE_FILE names. It may be a pipe, as with {@code <(pass show
 * jvault)}, so it is read up to a length and for a time.
 */
final class PassphraseFile {
  /** A command behind a pipe may ask the user for something itself. */
  static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int LONGEST = 64 * 1024;

  private final String file;
  private final Duration limit;

  /**
   * A file.
   *
   * @param limit the time for reading it
   */
  PassphraseFile(String file, Duration limit) {
    this.file = file;
    this.limit = limit;
  }

  /**
   * Its first line.
   *
   * @throws JvaultException with {@link ExitCode#VAULT} if there is none in time
   */
  byte[] firstLine() {
    var reading = new FutureTask<>(this::content);
    // A daemon thread: it may wait in the system, and must not keep the client from ending.
    Thread.ofPlatform().daemon().name("passphrase").start(reading);
    try {
      return firstLine(reading.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw failure(
          "gives no passphrase within %d s; check the file, or the command that writes to it."
              .formatted(limit.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw failure("cannot be read; correct its path.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was not read to its end; try again.", e);
    }
  }

  private byte[] content() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(LONGEST);
    }
  }

  private byte[] firstLine(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    if (end == LONGEST) {
      throw new JvaultException(
          ExitCode.VAULT,
          sentence(
              "has a first line of 64 KiB or more, which is no passphrase; correct its path."));
    }
    return Arrays.copyOf(content, end);
  }

  private JvaultException failure(String what, Exception cause) {
    return new JvaultException(ExitCode.VAULT, sentence(what), cause);
  }

  private String sentence(String what) {
    return "The file " + file + " of JVAULT_PASSPHRASE_FILE " + what;
  }
}
