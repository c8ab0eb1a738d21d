package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.files.AtomicFile.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AtomicFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void replacesTheContentAndLeavesNoTemporaryFile(Durability durability) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");

    AtomicFile.write(file, bytes("new"), AtomicFile.OWNER_ONLY, durability);

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void givesTheFileTheWantedPermissionsWhateverItHadBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));

    AtomicFile.write(
        file, bytes("new"), PosixFilePermissions.fromString("rw-r-----"), Durability.POWER_FAILURE);

    assertThat(permissions(file)).isEqualTo("rw-r-----");
  }

  @Test
  void keepsTheOldContentAndLeavesNoTemporaryFileIfTheNewOneCannotTakeItsPlace()
      throws IOException {
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("inside"));

    assertThatThrownBy(() ->
            AtomicFile.write(taken, bytes("x"), AtomicFile.OWNER_ONLY, Durability.PROCESS_END))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() ->
            AtomicFile.write(
                folder.resolve("none/file"),
                bytes("x"),
                AtomicFile.OWNER_ONLY,
                Durability.PROCESS_END))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(names()).containsExactly("taken");
  }

  @Test
  void aBackupIsForItsOwnerOnlyAndReplacesNothing() throws IOException {
    Path wanted = folder.resolve("config.bak");

    assertThat(AtomicFile.createBeside(wanted, bytes("first"))).isEqualTo(wanted);
    assertThat(AtomicFile.createBeside(wanted, bytes("second")))
        .isEqualTo(folder.resolve("config.bak.2"))
        .hasContent("second");

    assertThat(wanted).hasContent("first");
    assertThat(permissions(wanted)).isEqualTo("rw-------");
  }

  @Test
  void followsLinksToAFileThatNeedNotExistAndRefusesACircle() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("file"));
    assertThat(AtomicFile.linkTarget(link)).isEqualTo(folder.resolve("file"));

    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    assertThatThrownBy(() -> AtomicFile.linkTarget(circle))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("too many symbolic links");
  }

  @Test
  void removesLeftoversOfOneFileOrOfAll() throws IOException {
    for (String name : new String[] {".a.01.tmp", ".ab.01.tmp", "a", "a.tmp.txt"}) {
      Files.writeString(folder.resolve(name), "x");
    }

    AtomicFile.removeLeftoversOf(folder.resolve("a"));
    assertThat(names()).containsExactlyInAnyOrder(".ab.01.tmp", "a", "a.tmp.txt");
    AtomicFile.removeLeftovers(folder);
    assertThat(names()).containsExactlyInAnyOrder("a", "a.tmp.txt");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
