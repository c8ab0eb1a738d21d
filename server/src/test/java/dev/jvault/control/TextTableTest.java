package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  @ValueSource(ints = {40, 41, 60, 79, 80})
  void fitsTheTerminal(int columns) {
    table.row("p".repeat(60), "AKIAIOSFODNN7EXAMPLE", "s".repeat(50));
    String text = table.render(columns);
    assertThat(text.lines()).allMatch(line -> line.length() <= columns);
    assertThat(text.lines().mapToInt(String::length).max()).hasValue(columns);
  }

  @Test
  void cutsTheWidestColumnAndShowsThatItDid() {
    table.row("p".repeat(60), "AKIAIOSFODNN7EXAMPLE", "59m");
    assertThat(table.render(50)).contains("p…  AKIAIOSFODNN7EXAMPLE  59m\n");
  }

  @Test
  void staysReadableIfNothingFits() {
    table.row("profile-name", "AKIAIOSFODNN7EXAMPLE", "a session");
    assertThat(table.render(10)).contains("profile…  AKIAIOS…  a sessi…");
  }

  @Test
  void doesNotCutAColumnThatUsersCopy() {
    table.row("p".repeat(60), "k".repeat(60), "s");
    assertThat(table.whole(0).render(80)).contains("p".repeat(60) + "  kkkkkkkk…  s\n");
    assertThat(table.whole(1).render(80)).contains("pppppppp…  " + "k".repeat(60) + "  s\n");
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
  void countsCharactersNotCodeUnits() {
    var faces = new TextTable("A", "B");
    faces.row("😀😀😀😀😀😀😀😀😀😀", "x");
    assertThat(faces.render(11)).contains("😀😀😀😀😀😀😀…  x");
  }

  @Test
  void printsNoControlCharacters() {
    table.row("a\nb\u001b[2J", "\u009b\u202e\u2028", "\u00e9\ud83d\ude00");
    assertThat(table.render(80)).contains("a?b?[2J  ???  \u00e9\ud83d\ude00\n");
  }

  @Test
  void requiresCompleteRows() {
    assertThatThrownBy(() -> table.row("dev")).isInstanceOf(IllegalArgumentException.class);
  }
}
