package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search of PATH. */
final class SearchPathTest {
  @TempDir Path folder;

  @Test
  void relativeEmptyAndRepeatedFoldersDoNotCount() {
    assertThat(SearchPath.of(":bin:/a::./b:/c:/a:/x\0:").folders())
        .containsExactly(Path.of("/a"), Path.of("/c"));
    assertThat(SearchPath.of("").folders()).isEmpty();
  }

  @Test
  void theFirstFolderWinsAndThenTheFirstName() {
    assertThat(SearchPath.of("/a:/b").places(List.of("x", "y")))
        .containsExactly(Path.of("/a/x"), Path.of("/a/y"), Path.of("/b/x"), Path.of("/b/y"));
  }

  @Test
  void onlyAFileThatCanBeRunIsAProgram() throws IOException {
    for (String name : List.of("one", "two", "three")) {
      Files.createDirectory(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("one/tool"));
    Files.writeString(folder.resolve("two/tool"), "");
    Path program = Files.writeString(folder.resolve("three/tool"), "");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

    var path = SearchPath.of("%1$s/one:%1$s/two:%1$s/none:%1$s/three".formatted(folder));

    assertThat(path.find("tool")).contains(program);
    assertThat(path.find("other")).isEmpty();
  }
}
