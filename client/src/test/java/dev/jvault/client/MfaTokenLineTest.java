package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MfaTokenLineTest {
  @Test
  @Attack("no-secret-in-processes")
  void readsOneLineAndLeavesTheRestToTheCommand() {
    InputStream input = input("123456\r\nfor the command\nand more");

    assertThat(new MfaTokenLine(input, false).read()).hasValue("123456");
    assertThat(input).hasContent("for the command\nand more");
  }

  @Test
  void theLineMayEndWithTheInput() {
    assertThat(new MfaTokenLine(input(" 123 456"), false).read()).hasValue("123 456");
  }

  @Test
  void readsNothingFromATerminalWhichShowsWhatIsTyped() {
    InputStream input = input("123456\n");

    assertThat(new MfaTokenLine(input, true).read()).isEmpty();
    assertThat(input).hasContent("123456\n");
  }

  @ParameterizedTest
  @CsvSource({"'',has none", "'\nx',has none", "long,has a line that is too long for a code"})
  void saysWhatIsWrong(String text, String what) {
    String line = text.equals("long") ? "canary".repeat(1_000) : text;

    assertThatThrownBy(() -> new MfaTokenLine(input(line), false).read())
        .isInstanceOf(JvaultException.class)
        .hasMessage(
            "--mfa-token - takes the code from the first line of standard input, which "
                + what
                + "; write the code and a newline to it.");
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
