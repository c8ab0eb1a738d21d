package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.CallerVariables;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths in the caller's variables mean the same to the daemon, which runs in another folder. */
final class CallerPathTest {
  @Test
  void aRelativePathIsOneOfTheCallersFolder() {
    assertThat(CallerPath.of("aws/config"))
        .isEqualTo(Path.of("").toAbsolutePath().resolve("aws/config").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/config", "~/config", "/dev/null", "/dev/fd/99999"})
  void aPathThatMeansTheSameStays(String path) {
    assertThat(CallerPath.of(path)).isEqualTo(path);
  }

  @Test
  void everyPathIsOneOfTheVariablesThatARequestCarries() {
    assertThat(CallerVariables.AWS).containsAll(CallerVariables.PATHS);
  }
}
