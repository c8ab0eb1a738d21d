package dev.jvault.systemd;

import dev.jvault.protocol.PrintableText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Lines for the journal: each begins with its priority, as sd-daemon(3) describes it, in place of
 * the time, which the journal writes itself. Lines that continue another one, such as those of a
 * stack trace, have its priority. Each line is one write.
 */
public final class JournalLines extends OutputStream {
  private static final int ERROR = 3;
  private static final int WARNING = 4;
  private static final int INFO = 6;
  private static final int DEBUG = 7;

  private final OutputStream journal;
  private int latest = INFO;

  /** Writes to a stream that the journal reads. */
  public JournalLines(OutputStream journal) {
    this.journal = journal;
  }

  /**
   * Whether the journal reads the standard error of this process.
   *
   * @param environment the variables of this process
   */
  public static boolean readStandardError(Map<String, String> environment) {
    String stream = environment.getOrDefault("JOURNAL_STREAM", "");
    Path error = Path.of("/proc/self/fd/2");
    try {
      return !stream.isEmpty()
          && stream.equals(
              Files.getAttribute(error, "unix:dev") + ":" + Files.getAttribute(error, "unix:ino"));
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /**
   * Writes a sentence as an error to standard error, if the journal reads that.
   *
   * @param environment the variables of this process
   */
  public static void error(Map<String, String> environment, String sentence) {
    if (!readStandardError(environment)) {
      return;
    }
    try (var journal = new FileOutputStream(FileDescriptor.err)) {
      journal.write(
          ("<" + ERROR + ">" + PrintableText.of(sentence) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // There is nobody else to tell.
    }
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
    String[] words = line.split(" ", 3);
    int priority = words.length == 3 ? priority(words[1]) : -1;
    if (priority >= 0) {
      latest = priority;
      line = words[2];
    }
    journal.write(("<" + latest + ">" + line).getBytes(StandardCharsets.UTF_8));
    journal.flush();
  }

  private static int priority(String level) {
    return switch (level) {
      case "ERROR" -> ERROR;
      case "WARN" -> WARNING;
      case "INFO" -> INFO;
      case "DEBUG", "TRACE" -> DEBUG;
      default -> -1;
    };
  }
}
