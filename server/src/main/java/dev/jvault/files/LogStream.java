package dev.jvault.files;

import dev.jvault.protocol.PrintableText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The stream of the log, through which our own events, the lines of libraries and stack traces
 * pass. What is printed in one call becomes one line, whatever it holds: control characters, those
 * that change the direction of writing and other invisible ones appear as an escape (a backslash, u
 * and four digits), and a long text is cut. So no text of another program or user can forge a line
 * or act on the terminal that shows the log.
 *
 * <p>Bytes that are written without a print method have no such unit; each of their lines begins
 * with a tab, as the lines of a stack trace do. Safe for many threads: each line is one write.
 */
public final class LogStream extends PrintStream {
  /** The most characters of a line. Our own events are shorter. */
  private static final int LONGEST = 4_000;

  /** A stream that writes whole lines in UTF-8. */
  public LogStream(OutputStream lines) {
    super(lines, true, StandardCharsets.UTF_8);
  }

  @Override
  public void println(String text) {
    emit(line(String.valueOf(text)));
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(char[] text) {
    println(String.valueOf(text));
  }

  /** Keeps a newline at the end, which ends the line. */
  @Override
  public void print(String text) {
    String content = String.valueOf(text);
    emit(content.endsWith("\n") ? line(content.stripTrailing()) : escaped(content));
  }

  @Override
  public void print(Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    emit(
        text.lines()
            .filter(line -> !line.isBlank())
            .map(line -> "\t" + line(line))
            .collect(Collectors.joining()));
  }

  private static String line(String text) {
    return escaped(text) + "\n";
  }

  /** Keeps the tabs at the beginning, which indent the lines of a stack trace. */
  private static String escaped(String text) {
    int begin = 0;
    while (begin < text.length() && text.charAt(begin) == '\t') {
      begin++;
    }
    boolean whole = text.length() <= LONGEST;
    String shown = whole ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
    return shown.substring(0, begin) + PrintableText.of(shown.substring(begin));
  }

  private void emit(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      try {
        out.write(bytes, 0, bytes.length);
        out.flush();
      } catch (IOException _) {
        setError();
      }
    }
  }
}
