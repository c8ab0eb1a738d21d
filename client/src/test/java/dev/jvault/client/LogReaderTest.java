package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void copiesNewLinesAcrossRotation() throws IOException {
    Path log = folder.resolve("log");
    var reader = new LogReader(log, out);
    assertThat(reader.copy()).isFalse();

    Files.writeString(log, "one\n");
    assertThat(reader.copy()).isTrue();
    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    assertThat(reader.copy()).isTrue();
    assertThat(reader.copy()).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\n");

    Files.move(log, folder.resolve("log.1"));
    Files.writeString(log, "three is longer\n");
    assertThat(reader.copy()).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nthree is longer\n");
  }

  @Test
  void followsUntilItIsInterrupted() throws Exception {
    Path log = folder.resolve("log");
    var reader = new LogReader(log, out);
    var follower =
        Thread.ofPlatform()
            .start(() -> {
              try {
                reader.follow();
              } catch (IOException | JvaultException _) {
                // The end of the test.
              }
            });
    Files.writeString(log, "one\n");
    await().atMost(LONGEST).until(() -> out.toString(UTF_8).equals("one\n"));
    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    await().atMost(LONGEST).until(() -> out.toString(UTF_8).equals("one\ntwo\n"));
    follower.interrupt();
    follower.join();
  }
}
