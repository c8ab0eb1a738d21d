package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
  @ValueSource(strings = {"", "no port", "0", "-1", "65536", "99999999999"})
  void ignoresAFileWithoutAPort(String content) throws IOException {
    Files.writeString(state.resolve("port"), content);
    assertThat(new RememberedPort(state).preferred()).isEqualTo(9170);
  }
}
