package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What other users and other programs say reaches the log as one line, and is only text there. */
final class LogStreamTest {
  private static final String FORGED = "2026-11-28T10:00:00.000Z INFO Jvault - event=started";

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final LogStream log = new LogStream(file);

  @Test
  @Attack("log")
  void anEventWithANewlineIsOneLine() {
    logged("event=refused reason=\"{}\"", "no\n" + FORGED, null);

    assertThat(text()).hasLineCount(1).contains("no\\u000a" + FORGED).endsWith("\n");
  }

  @Test
  @Attack("log")
  void controlAndDirectionCharactersAreEscaped() {
    logged(
        "event=refused reason=\"{}\"",
        "\0\u001b[2J\u007f\u009b\r\u0085\u2028\u202e\u2066\u200b",
        null);

    assertThat(text())
        .contains("\\u0000\\u001b[2J\\u007f\\u009b\\u000d\\u0085\\u2028\\u202e\\u2066\\u200b");
    assertThat(text().codePoints().filter(c -> Character.isISOControl(c)).boxed())
        .containsExactly((int) '\n');
  }

  @Test
  @Attack("log")
  void theMessageOfAnExceptionIsOneLineAndItsFramesStayLines() {
    logged(
        "event=failed{}",
        "",
        new IllegalStateException(
            "outer\n" + FORGED, new RuntimeException("inner\r\n\tat " + FORGED)));

    assertThat(text().lines())
        .noneMatch(line -> line.startsWith("2026") && line.endsWith("started"));
    assertThat(text().lines())
        .contains(
            "java.lang.IllegalStateException: outer\\u000a" + FORGED,
            "Caused by: java.lang.RuntimeException: inner\\u000d\\u000a\\u0009at " + FORGED)
        .anyMatch(line -> line.startsWith("\tat dev.jvault.files.LogStreamTest."));
  }

  @Test
  @Attack("log")
  void theLinesOfALibraryThatWritesBytesCannotPassForEvents() {
    var handler = new StreamHandler(log, new SimpleFormatter());
    handler.publish(new LogRecord(Level.WARNING, "bad\n" + FORGED + "\u001b[2J"));
    handler.flush();

    assertThat(text().lines()).allMatch(line -> line.startsWith("\t")).hasSizeGreaterThan(2);
    assertThat(text()).contains("\t" + FORGED + "\\u001b[2J\n");
  }

  @Test
  void aLongTextIsCut() {
    log.println("x".repeat(100_000));

    assertThat(text()).hasSizeLessThan(5_000).endsWith("x…\n");
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    log.println("event=added profile=\"Zürich 名 🔑\"");
    log.print("half ");
    log.print("a line\n");

    assertThat(text()).isEqualTo("event=added profile=\"Zürich 名 🔑\"\nhalf a line\n");
  }

  private void logged(String form, String argument, @Nullable Throwable fault) {
    PrintStream before = System.err;
    System.setErr(log);
    try {
      LoggerFactory.getLogger(LogStreamTest.class).warn(form, argument, fault);
    } finally {
      System.setErr(before);
    }
  }

  private String text() {
    return file.toString(StandardCharsets.UTF_8);
  }
}
