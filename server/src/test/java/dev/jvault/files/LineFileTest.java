package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatWasRemovedIsMadeAgainByTheNextLine() throws IOException {
    Path path = folder.resolve("state/jvault.log");
    try (var log = new LineFile(path, 1)) {
      write(log, "first\n");
      Files.delete(path);

      write(log, "second\n");

      assertThat(path).hasContent("second\n");
    }
  }

  @Test
  void aFolderInItsPlaceFailsEachLineUntilItIsGone() throws IOException {
    Path path = folder.resolve("jvault.log");
    Files.createDirectory(path);
    try (var log = new LineFile(path, 1)) {
      assertThatIOException().isThrownBy(() -> write(log, "lost\n"));
      Files.delete(path);

      write(log, "kept\n");

      assertThat(path).hasContent("kept\n");
    }
  }

  @Test
  void aBrokenLastLineIsEndedBeforeTheNext() throws IOException {
    Path path = folder.resolve("jvault.log");
    Files.writeString(path, "whole\nbro");
    try (var log = new LineFile(path, 1)) {
      write(log, "next\n");
    }
    assertThat(path).hasContent("whole\nbro\nnext\n");
  }

  private static void write(LineFile log, String line) throws IOException {
    log.write(line.getBytes(StandardCharsets.UTF_8));
  }
}
