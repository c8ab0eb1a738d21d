package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        // Control characters, of C1 too.
        0x00,
        0x07,
        0x09,
        0x0A,
        0x0D,
        0x1B,
        0x7F,
        0x85,
        0x9B,
        // What changes the direction of writing.
        0x061C,
        0x200E,
        0x200F,
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        // Invisible format characters.
        0x00AD,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        0xE0041,
        // Separators of lines and paragraphs.
        0x2028,
        0x2029,
        // An unpaired surrogate.
        0xD800
      })
  @Attack("terminal")
  void whatATerminalObeysOrHidesIsEscaped(int unprintable) {
    String text = "a" + Character.toString(unprintable) + "b";

    assertThat(PrintableText.isPrintable(text)).isFalse();
    String escaped = "a\\u%04xb".formatted(unprintable);
    assertThat(PrintableText.of(text)).isEqualTo(escaped);
    assertThat(PrintableText.quoted(text)).isEqualTo(escaped);
    assertThat(PrintableText.hidden(text)).containsExactly("U+%04X".formatted(unprintable));
    assertThat(PrintableText.oneLine(text)).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dev", "a b", "Größe", "開発", "\uD83D\uDE80", "e\u0301", "\uE000"})
  void whatATerminalShowsStays(String text) {
    assertThat(PrintableText.isPrintable(text)).isTrue();
    assertThat(PrintableText.of(text)).isEqualTo(text);
    assertThat(PrintableText.quoted(text)).isEqualTo(text);
  }

  @Test
  void inLinesOnlyTheirEndsAndTabsStay() {
    assertThat(PrintableText.lines("a\tb\r\n\u001b[2Jc\rd\n\u202ee\u00a0"))
        .isEqualTo("a\tb\r\n\\u001b[2Jc\\u000dd\n\\u202ee\\u00a0");
  }

  @Test
  void aSpaceThatIsNoneIsShown() {
    assertThat(PrintableText.of("a\u00a0b\u3000c d")).isEqualTo("a\\u00a0b\\u3000c d");
    assertThat(PrintableText.hidden("\u00a0 \u00a0")).containsExactly("U+00A0");
    assertThat(PrintableText.hidden("a b")).isEmpty();
  }

  @Test
  void aLongQuoteIsCutBetweenCharacters() {
    String longest = "\uD83D\uDE80".repeat(80);

    assertThat(PrintableText.quoted(longest)).isEqualTo(longest);
    assertThat(PrintableText.quoted(longest + "x")).isEqualTo(longest + "…");
    assertThat(PrintableText.of(longest + "x")).isEqualTo(longest + "x");
  }

  @Test
  void oneLineJoinsWhatSeveralLinesSay() {
    assertThat(PrintableText.oneLine(" no\tsuch\r\n\r\n  file\u001B[0m\n"))
        .isEqualTo("no such file [0m");
  }
}
