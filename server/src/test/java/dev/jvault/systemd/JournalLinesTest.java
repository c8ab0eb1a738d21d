package dev.jvault.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.files.BothStreams;
import dev.jvault.files.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JournalLinesTest {
  private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
  private final LogStream log = new LogStream(new JournalLines(journal));

  @Test
  void givesEachLineThePriorityOfItsLevel() {
    log.println("2026-11-28T10:00:00.000Z INFO Jvault - event=started");
    log.println("2026-11-28T10:00:00.000Z WARN Listeners - event=port_taken port=9170");
    log.println("2026-11-28T10:00:00.000Z ERROR Main - event=start_failed");
    assertThat(written())
        .isEqualTo(
            """
            <6>Jvault - event=started
            <4>Listeners - event=port_taken port=9170
            <3>Main - event=start_failed
            """);
  }

  @Test
  void theLinesOfAStackTraceHaveThePriorityOfTheirEvent() {
    log.println("2026-11-28T10:00:00.000Z ERROR Main - event=start_failed");
    log.println("java.lang.IllegalStateException: no");
    log.println("\tat dev.jvault.server.Main.main(Main.java:1)");
    assertThat(written().lines())
        .containsExactly(
            "<3>Main - event=start_failed",
            "<3>java.lang.IllegalStateException: no",
            "<3>\tat dev.jvault.server.Main.main(Main.java:1)");
  }

  @Test
  void aTextForgesNeitherALineNorAPriority() {
    log.println("2026-11-28T10:00:00.000Z INFO Jvault - event=x name=\"a\n<0>forged\u001b[2J\"");
    assertThat(written()).isEqualTo("<6>Jvault - event=x name=\"a\\u000a<0>forged\\u001b[2J\"\n");
  }

  @Test
  void theJournalGetsALineThatTheFileCannotTake() throws IOException {
    var broken =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("disk full");
          }
        };
    var both = new LogStream(new BothStreams(broken, new JournalLines(journal)));
    both.println("2026-11-28T10:00:00.000Z INFO Jvault - event=started");
    assertThat(written()).isEqualTo("<6>Jvault - event=started\n");
  }

  @Test
  void knowsWhetherTheJournalReadsStandardError() throws IOException {
    Path error = Path.of("/proc/self/fd/2");
    String stream =
        Files.getAttribute(error, "unix:dev") + ":" + Files.getAttribute(error, "unix:ino");
    assertThat(JournalLines.readStandardError(Map.of("JOURNAL_STREAM", stream))).isTrue();
    assertThat(JournalLines.readStandardError(Map.of("JOURNAL_STREAM", "8:1"))).isFalse();
    assertThat(JournalLines.readStandardError(Map.of())).isFalse();
  }

  private String written() {
    return journal.toString(StandardCharsets.UTF_8);
  }
}
