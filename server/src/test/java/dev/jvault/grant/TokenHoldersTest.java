package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class TokenHoldersTest {
  private final TokenHolders holders = new TokenHolders(Path.of("/proc"));

  @Test
  void findsTheFileThatARunningProgramsEnvironmentNames() throws Exception {
    Path held = Path.of("/made/up/tokens/dev-terminal");
    Path other = Path.of("/made/up/tokens/other-terminal");
    var builder = new ProcessBuilder("sleep", "600");
    builder.environment().put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", held.toString());
    Process program = builder.start();
    try {
      assertThat(holders.areKnown()).isTrue();
      assertThat(holders.named(List.of(held, other))).containsExactly(held);
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertThat(holders.named(List.of(held, other))).isEmpty();
  }
}
