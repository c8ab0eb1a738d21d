package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndpointPortTest {
  @Test
  void saysNothingOfAPortThatLasts() {
    var port = new EndpointPort(9170, 9170, Optional.empty(), _ -> Optional.of("node (pid 5)"));
    assertThat(port.lasting()).isTrue();
    assertThat(port.sentences()).isEmpty();
  }

  @Test
  void namesTheProgramThatHasThePort() {
    var port = new EndpointPort(40_001, 9170, Optional.empty(), _ -> Optional.of("node (pid 5)"));
    assertThat(port.lasting()).isFalse();
    assertThat(port.sentences())
        .containsExactly(
            "Port 9170 is taken by node (pid 5), so jvault answers on port 40001, and on another"
                + " one after its next start; once port 9170 is free, run `jvault stop`, and the"
                + " next command takes it.");
  }

  @Test
  void tellsItOnce() {
    var port =
        new EndpointPort(40_001, 9170, Optional.of("It was damaged."), _ -> Optional.empty());
    var news = new PortNews(port);
    assertThat(news.toTell()).hasSize(2).first().isEqualTo("It was damaged.");
    assertThat(news.toTell()).isEmpty();
    assertThat(news.told()).hasSize(2);
  }
}
