package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RememberedPortTest {
  @TempDir Path state;

  @Test
  void prefersTheStandardPortUntilAnotherIsChosen() {
    var port = new RememberedPort(state);
    assertThat(port.preferred()).isEqualTo(9170);
    port.remember(4711);
    assertThat(new RememberedPort(state).preferred()).isEqualTo(4711);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no port", "0", "-1", "65536", "99999999999", "\u00ff\u00fe"})
  void saysThatAFileHoldsNoPortAndWritesItAgain(String content) throws IOException {
    Path file = state.resolve("port");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);

    var damaged = new RememberedPort(state);

    assertThat(damaged.preferred()).isEqualTo(9170);
    assertThat(damaged.trouble())
        .contains(
            file
                + " holds no port, so jvault takes port 9170; if your programs know another port,"
                + " run `jvault stop`, then `jvault server --port N`.");
    assertThat(new RememberedPort(state).trouble()).isEmpty();
  }

  @Test
  void keepsThePortIfItsFileIsDamagedOrMissing() throws IOException {
    new RememberedPort(state).remember(4711);
    Path file = state.resolve("port");
    Files.writeString(file, "");

    var damaged = new RememberedPort(state);

    assertThat(damaged.preferred()).isEqualTo(4711);
    assertThat(damaged.trouble())
        .contains(
            file + " holds no port, so jvault has written it again: port 4711, from its copy.");
    assertThat(file).hasContent("4711");
    Files.delete(file);
    assertThat(new RememberedPort(state).preferred()).isEqualTo(4711);
    assertThat(new RememberedPort(state).trouble()).isEmpty();
  }

  @Test
  void takesThePortOfAnOlderVersionThatKeptNoCopy() throws IOException {
    Files.writeString(state.resolve("port"), "4711\n");
    var _ = new RememberedPort(state);
    Files.delete(state.resolve("port"));
    assertThat(new RememberedPort(state).preferred()).isEqualTo(4711);
  }

  @Test
  void usesTheCopyIfAFolderIsInThePlaceOfItsFile() throws IOException {
    new RememberedPort(state).remember(4711);
    Files.delete(state.resolve("port"));
    Files.createDirectory(state.resolve("port"));
    var blocked = new RememberedPort(state);
    assertThat(blocked.preferred()).isEqualTo(4711);
    assertThat(blocked.trouble()).isPresent();
  }
}
