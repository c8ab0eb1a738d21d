package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The only text that root accepts from the user's daemon. */
final class DaemonPortsTest {
  @Test
  void readsTwoLines() {
    assertThat(DaemonPorts.read("imds 9171\nendpoint 65535\n"))
        .isEqualTo(new DaemonPorts(9171, 65_535));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "imds 9171\n",
        "endpoint 1\nimds 2\n",
        "imds 0\nendpoint 1\n",
        "imds 65536\nendpoint 1\n",
        "imds 1\nendpoint 99999\n",
        "imds 1\nendpoint 2\nmore 3\n",
        "imds 1; flush ruleset\nendpoint 2\n",
        "imds 1\nendpoint 2\n\n",
        "imds +1\nendpoint 2\n",
        "imds 01\nendpoint 2\n",
        "imds \u0661\nendpoint 2\n",
      })
  @Attack("link-local")
  void refusesAnyOtherText(String answer) {
    assertThatThrownBy(() -> DaemonPorts.read(answer)).hasMessageContaining("its two ports");
  }
}
