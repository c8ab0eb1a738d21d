package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnSocketTest {
  @TempDir Path folder;

  @Test
  void isPresentAsLongAsTheFileIsUnchanged() throws IOException {
    assertThat(new OwnSocket(Files.createFile(folder.resolve("s"))).present()).isTrue();
  }

  @Test
  void isNotPresentOnceTheFileIsDeleted() throws IOException {
    Path path = Files.createFile(folder.resolve("s"));
    var socket = new OwnSocket(path);
    Files.delete(path);
    assertThat(socket.present()).isFalse();
  }

  @Test
  void isNotPresentOnceAnotherFileHasReplacedIt() throws IOException {
    Path path = Files.createFile(folder.resolve("s"));
    var socket = new OwnSocket(path);
    Path other = Files.createFile(folder.resolve("other"));
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
    assertThat(socket.present()).isFalse();
    assertThat(new OwnSocket(path).present()).isTrue();
  }

  @Test
  void isNotPresentIfThereWasNoFile() {
    assertThat(new OwnSocket(folder.resolve("none")).present()).isFalse();
  }
}
