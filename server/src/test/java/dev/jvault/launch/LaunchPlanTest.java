package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchPlanTest {
  @Test
  void isRenderedLineByLineInOrder() {
    String lines = new LaunchPlan().unset(List.of("A", "B")).set("C", "a b=c 'd' $e").lines();
    assertThat(lines)
        .isEqualTo(
            """
            jvault-plan 1
            unset A B
            set C=a b=c 'd' $e
            end
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nset PATH=/evil", "\n", "a\0b"})
  @Attack("no-code-in-plans")
  void refusesAValueOfSeveralLines(String value) {
    var plan = new LaunchPlan();
    assertThatThrownBy(() -> plan.set("NAME", value))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("NAME")
        .hasMessageNotContaining("evil");
  }

  @Test
  void isOneLineForAShell() {
    String text = new LaunchPlan().unset(List.of("A", "B")).set("C", "d").shell(ShellSyntax.SH);
    assertThat(text).isEqualTo("unset A B; export C='d'\n");
  }

  @Test
  void toStringShowsNoValue() {
    assertThat(new LaunchPlan().set("AWS_SECRET_ACCESS_KEY", "canary").toString())
        .doesNotContain("canary");
  }
}
