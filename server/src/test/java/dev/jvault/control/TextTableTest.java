package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTableTest {
  private final TextTable table = new TextTable("Profile", "Key", "Session");

  @Test
  void alignsColumnsUnderUnderlinedHeadings() {
    table.row("dev", "AKIAIOSFODNN7EXAMPLE", "59m 1s");
    table.row("a-longer-name", "-", "-");
    assertThat(table.render(80))
        .isEqualTo(
            """
            Profile        Key                   Session
            =============  ====================  =======
            dev            AKIAIOSFODNN7EXAMPLE  59m 1s
            a-longer-name  -                     -
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {52, 60, 79, 80})
  void fitsTheTerminalAndLosesNoCharacter(int columns) {
    table.row("p/".repeat(30), "AKIAIOSFODNN7EXAMPLE", "s ".repeat(25));
    String text = table.render(columns);
    assertThat(text.lines()).allMatch(line -> line.length() <= columns);
    assertThat(text.chars().filter(c -> c == 'p').count()).isEqualTo(30);
    assertThat(text.chars().filter(c -> c == 's').count()).isEqualTo(25 + 2);
  }

  @Test
  void cutsNothingIfTheOutputIsNoTerminal() {
    table.row("p".repeat(600), "arn:aws:iam::123456789012:role/" + "r".repeat(600), "x y");
    assertThat(table.render(TextTable.UNLIMITED))
        .contains(
            "p".repeat(600) + "  arn:aws:iam::123456789012:role/" + "r".repeat(600) + "  x y\n");
  }

  @Test
  void breaksAnArnBetweenAccountAndRole() {
    table.row("dev", "arn:aws:iam::123456789012:role/path/deployment", "59 min (until 03:25)");
    assertThat(table.whole(2).render(48))
        .isEqualTo(
            """
            Profile  Key                Session
            =======  =================  ====================
            dev      arn:aws:iam::      59 min (until 03:25)
                     123456789012:
                     role/path/
                     deployment
            """);
  }

  @Test
  void doesNotBreakATimeOfDay() {
    table.row("dev", "k", "59 min (until 03:25)");
    assertThat(table.render(22)).contains("59 min\n", "(until\n", "03:25)\n");
  }

  @Test
  void showsEachRowAsABlockIfNothingFits() {
    table.row("profile-name", "AKIAIOSFODNN7EXAMPLE", "a session");
    table.row("other", "-", "-");
    assertThat(table.render(20))
        .isEqualTo(
            """
            Profile  profile-name
            Key      AKIAIOSFODNN7EXAMPLE
            Session  a session

            Profile  other
            Key      -
            Session  -
            """);
  }

  @Test
  void doesNotBreakAColumnThatUsersCopy() {
    table.row("a b ".repeat(10).strip(), "c d ".repeat(10).strip(), "s");
    assertThat(table.whole(0).render(60)).contains("a b ".repeat(10) + " c d");
    assertThat(table.whole(1).render(60)).contains("  " + "c d ".repeat(10) + " s\n");
  }

  @Test
  void omitsEmptyColumns() {
    table.row("dev", "-", "59m");
    table.row("ops", "-", "-");
    assertThat(table.withoutEmpty("-").render(80))
        .isEqualTo(
            """
            Profile  Session
            =======  =======
            dev      59m
            ops      -
            """);
  }

  @Test
  void alignsCharactersOfTwoColumnsAndOfNone() {
    table.row("\u958b\u767a", "AKIAIOSFODNN7EXAMPLE", "x");
    table.row("\ud83d\ude00\ud83d\ude00\ud83d\ude00", "AKIAIOSFODNN7EXAMPLE", "x");
    table.row("\ud55c\uae00", "AKIAIOSFODNN7EXAMPLE", "x");
    table.row("gro\u0308\u00dfe", "AKIAIOSFODNN7EXAMPLE", "x");
    assertThat(table.render(80))
        .contains(
            "\n\u958b\u767a     AKIA",
            "\n\ud83d\ude00\ud83d\ude00\ud83d\ude00   AKIA",
            "\n\ud55c\uae00     AKIA",
            "\ngro\u0308\u00dfe    AKIA");
  }

  @Test
  @Attack("terminal")
  void printsNoControlCharacters() {
    table.row("a\nb\u001b[2J", "\u009b\u202e\u2028", "\u00e9\ud83d\ude00");
    assertThat(table.render(80))
        .contains("a\\u000ab\\u001b[2J  \\u009b\\u202e\\u2028  \u00e9\ud83d\ude00\n");
  }

  @Test
  void requiresCompleteRows() {
    assertThatThrownBy(() -> table.row("dev")).isInstanceOf(IllegalArgumentException.class);
  }
}
