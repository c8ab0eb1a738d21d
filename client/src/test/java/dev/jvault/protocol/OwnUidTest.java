package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class OwnUidTest {
  @Test
  void ownsAFileThatItHasMade(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(OwnUid.owns(file)).isTrue();
    assertThat(OwnUid.of(file)).isEqualTo(OwnUid.get());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theKernelAndTheLibrarySayTheSame() {
    assertThat(OwnUid.get()).isEqualTo(OwnUid.fromTheLibrary());
  }
}
