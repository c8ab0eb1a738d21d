package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingFileTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @TempDir Path folder;
  private Path path = Path.of("/nowhere");

  @BeforeEach
  void name() {
    path = folder.resolve("state/jvault.log");
  }

  @Test
  void onlyTheOwnerCanAccessItAndLinesAreAppended() throws IOException {
    write("first\n");
    write("second\n");
    assertThat(path).hasContent("first\nsecond\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void isRotatedAtTheEndOfALineOnceItIsLarge() throws IOException {
    try (var log = new RotatingFile(path, 1)) {
      log.write(bytes("x".repeat(MEBIBYTE)));
      log.write(bytes(" and the end of the line\n"));
      log.write(bytes("new\n"));
      log.write('y');
    }
    assertThat(path).hasContent("new\ny");
    assertThat(Files.readString(aside())).hasSizeGreaterThan(MEBIBYTE).endsWith("the line\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsOneOldFileAndCountsWhatWasThere() throws IOException {
    write("old\n" + "x".repeat(MEBIBYTE - 10));
    try (var log = new RotatingFile(path, 1)) {
      log.write(bytes(" more than ten bytes\n"));
      assertThat(Files.readString(aside())).startsWith("old\n");
      log.write(bytes("z".repeat(MEBIBYTE) + "\n"));
    }
    assertThat(Files.readString(aside())).startsWith("zzz");
    try (var files = Files.list(path.resolveSibling("."))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void keepsTheGivenNumberOfOldFilesTheYoungestFirst() throws IOException {
    try (var log = new RotatingFile(path, 3)) {
      for (String name : List.of("a", "b", "c", "d", "e")) {
        log.write(bytes(name.repeat(MEBIBYTE) + "\n"));
      }
      log.write(bytes("now\n"));
    }
    List<Path> all = RotatingFile.all(path, 3);

    assertThat(all)
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .containsExactly("jvault.log.3", "jvault.log.2", "jvault.log.1", "jvault.log");
    assertThat(all)
        .extracting(file -> Files.readString(file).charAt(0))
        .containsExactly('c', 'd', 'e', 'n');
    try (var files = Files.list(folder.resolve("state"))) {
      assertThat(files).hasSize(4);
    }
    assertThat(RotatingFile.all(folder.resolve("none"), 3)).isEmpty();
  }

  private void write(String text) throws IOException {
    try (var log = new RotatingFile(path, 1)) {
      log.write(bytes(text));
    }
  }

  private Path aside() {
    return path.resolveSibling("jvault.log.1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
