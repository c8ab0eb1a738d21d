package dev.jvault.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.OwnUid;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files may name a profile. */
final class AllowedFilesTest {
  private static final long UID = OwnUid.get();

  @TempDir Path state;
  private AllowedFiles allowed = new AllowedFiles(Path.of(""), UID);
  private final ProfileFile file = new ProfileFile(Path.of("/project/.jvault"), "dev", "aa");

  @BeforeEach
  void open() {
    allowed = new AllowedFiles(state, UID);
  }

  @Test
  @Attack("folder-files")
  void isThatFileWithThatContentOnly() {
    assertThat(allowed.allows(file)).isFalse();

    allowed.allow(file);

    assertThat(allowed.allows(file)).isTrue();
    assertThat(allowed.allows(new ProfileFile(file.path(), "dev", "ab"))).isFalse();
    assertThat(allowed.allows(new ProfileFile(Path.of("/other/.jvault"), "dev", "aa"))).isFalse();
  }

  @Test
  void theLatestContentReplacesTheOneBefore() {
    var changed = new ProfileFile(file.path(), "prod", "bb");
    allowed.allow(file);

    allowed.allow(changed);

    assertThat(allowed.allows(changed)).isTrue();
    assertThat(allowed.allows(file)).isFalse();
  }

  @Test
  void isForgotten() {
    allowed.allow(file);

    assertThat(allowed.forget(file.path())).isTrue();
    assertThat(allowed.forget(file.path())).isFalse();
    assertThat(allowed.allows(file)).isFalse();
  }

  @Test
  void isWrittenForTheOwnerOnly() throws IOException {
    allowed.allow(file);

    try (Stream<Path> files = Files.walk(state.resolve("allowed"))) {
      assertThat(files.map(AllowedFilesTest::mode)).containsExactly("rwx------", "rw-------");
    }
  }

  @Test
  @Attack("folder-files")
  void isNoFileThatOthersCouldHaveWritten() throws IOException {
    allowed.allow(file);
    Path folder = state.resolve("allowed");
    Path entry;
    try (Stream<Path> files = Files.list(folder)) {
      entry = files.findFirst().orElseThrow();
    }

    for (Path open : List.of(folder, entry)) {
      String before = mode(open);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
      assertThat(allowed.allows(file)).as(open.toString()).isFalse();
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(before));
    }
    assertThat(new AllowedFiles(state, UID + 1).allows(file)).isFalse();
    assertThat(allowed.allows(file)).isTrue();
    Path moved = Files.move(entry, state.resolve("elsewhere"));
    Files.createSymbolicLink(entry, moved);
    assertThat(allowed.allows(file)).isFalse();
  }

  @Test
  void isNotWrittenToAFolderThatIsOpenToOthers() throws IOException {
    Path folder = Files.createDirectory(state.resolve("allowed"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> allowed.allow(file)).hasMessageContaining("is open to others");
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
