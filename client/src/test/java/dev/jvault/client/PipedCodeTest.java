package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipedCodeTest {
  @ParameterizedTest
  @CsvSource({"'123456\nthe rest', 'the rest'", "' 123456\r\n', ''", "123456, ''"})
  void isTheFirstLineAndLeavesTheRest(String input, String rest) throws IOException {
    var in = input(input);
    assertThat(PipedCode.read(in)).isEqualTo("123456");
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(rest);
  }

  @Test
  void isNeitherEmptyNorLong() {
    refuses("", "--mfa-token - takes the code from standard input, whose first line is empty.");
    refuses("\n1", "--mfa-token - takes the code from standard input, whose first line is empty.");
    refuses(
        "1".repeat(1_000),
        "--mfa-token - takes the code from standard input, whose first line is no code.");
  }

  private static void refuses(String input, String sentence) {
    assertThatThrownBy(() -> PipedCode.read(input(input)))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(sentence);
  }

  private static ByteArrayInputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
