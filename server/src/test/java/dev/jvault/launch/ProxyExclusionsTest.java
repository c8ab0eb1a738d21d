package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.CallerEnvironment;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts a command must reach without a proxy. */
final class ProxyExclusionsTest {
  private static final String OWN =
      "127.0.0.1,localhost,169.254.169.254,169.254.170.2,169.254.170.23";

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "a.example, '', 'a.example,'",
    "'', a.example, 'a.example,'",
    "'a.example,b.example', 'b.example, .c.example', 'a.example,b.example,.c.example,'",
    "'a.example b.example\n', '', 'a.example,b.example,'"
  })
  void listsTheCallersHostsOfBothVariablesBeforeItsOwn(
      String upper, String lower, String expected) {
    assertThat(with(Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", upper, "no_proxy", lower)))
        .contains(expected + OWN);
  }

  @Test
  void addsNothingTwice() {
    assertThat(with(Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", "a.example," + OWN)))
        .contains("a.example," + OWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_PROXY", "no_proxy"})
  void leavesAStarAlone(String name) {
    assertThat(with(Map.of("all_proxy", "socks5://p:1", name, "*"))).contains("*");
  }

  @Test
  void leavesTheVariablesAsTheyAreWithoutAProxy() {
    assertThat(with(Map.of("NO_PROXY", "a.example"))).isEmpty();
  }

  private static Optional<String> with(Map<String, String> variables) {
    return ProxyExclusions.of(CallerEnvironment.of(variables));
  }
}
