package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchPlanTest {
  @Test
  void isRenderedLineByLineInOrder() {
    String lines =
        new LaunchPlan()
            .unset(List.of("A", "B"))
            .set("C", "a b=c 'd' $e")
            .append("NO_PROXY", "127.0.0.1")
            .lines();
    assertThat(lines)
        .isEqualTo(
            """
            jvault-plan 1
            unset A B
            set C=a b=c 'd' $e
            append NO_PROXY=127.0.0.1
            end
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nset PATH=/evil", "\n", "a\0b"})
  void refusesAValueOfSeveralLines(String value) {
    var plan = new LaunchPlan();
    assertThatThrownBy(() -> plan.set("NAME", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NAME")
        .hasMessageNotContaining("evil");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'x,y'",
    "'x,y', 'x,y'",
    "corp, 'corp,x,y'",
    "'corp,x,y', 'corp,x,y'",
    "'ax,y', 'ax,y,x,y'"
  })
  void appendsOnceToTheCallersValueForAShell(String own, String wanted) {
    String text =
        new LaunchPlan().append("NO_PROXY", "x,y").shell(ShellSyntax.SH, Map.of("NO_PROXY", own));
    assertThat(text).isEqualTo("export NO_PROXY='" + wanted + "'\n");
  }

  @Test
  void toStringShowsNoValue() {
    assertThat(new LaunchPlan().set("AWS_SECRET_ACCESS_KEY", "canary").toString())
        .doesNotContain("canary");
  }
}
