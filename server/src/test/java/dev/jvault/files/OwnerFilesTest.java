package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerFilesTest {
  @TempDir Path home;

  @Test
  void createsFoldersAndFilesThatOnlyTheOwnerCanAccess() throws IOException {
    Path folder = home.resolve("a/b");
    OwnerFiles.folder(folder);
    OwnerFiles.write(folder.resolve("file"), "content");
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("file"))).isEqualTo("rw-------");
    OwnerFiles.folder(folder);
  }

  @Test
  void replacesAFileByRenameSoThatAnOpenReaderSeesTheOldContent() throws IOException {
    Path file = home.resolve("token");
    OwnerFiles.write(file, "the old one");
    try (var reader = Files.newBufferedReader(file)) {
      OwnerFiles.write(file, "new");
      assertThat(reader.readLine()).isEqualTo("the old one");
    }
    assertThat(file).hasContent("new");
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void removesWhatAKilledWriterLeft() throws IOException {
    Files.writeString(home.resolve(".token.0123456789abcdef.tmp"), "half");
    OwnerFiles.write(home.resolve("token"), "whole");
    assertThat(home.resolve("token")).hasContent("whole");
    assertThat(home.resolve(".token.0123456789abcdef.tmp")).doesNotExist();
  }

  @Test
  @Attack("own-files")
  void refusesAFolderThatIsOpenToOthersOrALink() throws IOException {
    Path open = Files.createDirectory(home.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x---"));
    assertThatThrownBy(() -> OwnerFiles.folder(open))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("open to others");
    Path link = Files.createSymbolicLink(home.resolve("link"), home);
    assertThatThrownBy(() -> OwnerFiles.folder(link)).isInstanceOf(JvaultException.class);
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    Path file = home.resolve("none/file");
    assertThatThrownBy(() -> OwnerFiles.write(file, "x"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(file.toString());
    OwnerFiles.delete(home.resolve("nothing"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
