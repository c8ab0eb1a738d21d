package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PassphraseFileTest {
  @TempDir private Path folder;

  @Test
  void theFirstLineCounts() throws IOException {
    Path file = Files.writeString(folder.resolve("pass"), "open sesame\r\nsecond\n");
    assertThat(file(file, PassphraseFile.LIMIT).firstLine())
        .isEqualTo("open sesame".getBytes(UTF_8));
  }

  /** As bash's {@code <(pass show jvault)}. */
  @Test
  void aPipeWithAWriterIsRead() throws Exception {
    Path pipe = pipe();
    Process writer = new ProcessBuilder("/bin/sh", "-c", "echo secret > '" + pipe + "'").start();
    assertThat(file(pipe, PassphraseFile.LIMIT).firstLine()).isEqualTo("secret".getBytes(UTF_8));
    assertThat(writer.waitFor()).isZero();
  }

  @Test
  @Attack("regular-files")
  void aPipeWithoutAWriterIsWaitedForNoLongerThanTheLimit() throws Exception {
    Path pipe = pipe();
    assertThatThrownBy(() -> file(pipe, Duration.ofSeconds(1)).firstLine())
        .hasMessage(
            "The file "
                + pipe
                + " of JVAULT_PASSPHRASE_FILE gives no passphrase within 1 s; check the file, or"
                + " the command that writes to it.");
  }

  @Test
  @Attack("regular-files")
  void aDeviceWithoutEndIsNoPassphrase() {
    assertThatThrownBy(() -> file(Path.of("/dev/zero"), PassphraseFile.LIMIT).firstLine())
        .hasMessage(
            "The file /dev/zero of JVAULT_PASSPHRASE_FILE has a first line of 64 KiB or more,"
                + " which is no passphrase; correct its path.");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> file(Path.of("/no/such"), PassphraseFile.LIMIT).firstLine())
        .hasMessage(
            "The file /no/such of JVAULT_PASSPHRASE_FILE cannot be read; correct its path.");
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static PassphraseFile file(Path path, Duration limit) {
    return new PassphraseFile(path.toString(), limit);
  }
}
