package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell for which env prints if the user does not name one. */
final class CallerShellTest {
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/fish, fish",
    "/opt/microsoft/powershell/7/pwsh, powershell",
    "/bin/bash, sh",
    "/usr/bin/zsh, sh",
    "/usr/bin/python3.13, sh"
  })
  void theProgramOfTheParentDecides(String program, String syntax) {
    assertThat(CallerShell.syntax(Optional.of(program))).isEqualTo(syntax);
  }

  @Test
  void anUnknownParentGetsTheSyntaxOfMostShells() {
    assertThat(CallerShell.syntax(Optional.empty())).isEqualTo("sh");
  }
}
