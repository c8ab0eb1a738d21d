package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class EndpointPortTest {
  @Test
  void saysNothingOfTheWantedPort() {
    EndpointPort port = port(9170, OptionalInt.empty(), true);
    assertThat(port.lasting()).isTrue();
    assertThat(port.thief()).isEmpty();
    assertThat(port.sentences()).isEmpty();
  }

  @Test
  void namesTheProgramThatHasTheWantedPortAndWhatHappensNext() {
    EndpointPort port = port(9180, OptionalInt.empty(), true);
    assertThat(port.thief()).contains("node (pid 5)");
    assertThat(port.news())
        .containsExactly(
            "Port 9170 is taken by node (pid 5), so jvault answers on port 9180 and remembers it;"
                + " once port 9170 is free, jvault answers on both.");
  }

  @Test
  void neverSaysThatAPortIsRememberedIfItsFileCannotBeWritten() {
    EndpointPort port = port(9180, OptionalInt.empty(), false);
    assertThat(port.lasting()).isFalse();
    assertThat(port.news())
        .containsExactly(
            "Port 9170 is taken by node (pid 5), so jvault answers on port 9180, and on another one"
                + " after its next start, because its folder cannot be written.");
  }

  @Test
  void tellsOfASubstituteThatStillAnswersInTheStatusOnly() {
    EndpointPort port = port(9170, OptionalInt.of(9180), true);
    assertThat(port.news()).isEmpty();
    assertThat(port.sentences())
        .containsExactly(
            "Port 9180 answers too, for programs that were told it while port 9170 was taken; it"
                + " closes after 30 days without one.");
  }

  @Test
  void tellsEachSentenceOnce() {
    var sentences = new ArrayList<>(List.of("It was damaged."));
    var news = new StateNews(() -> List.copyOf(sentences));
    assertThat(news.toTell()).containsExactly("It was damaged.");
    assertThat(news.toTell()).isEmpty();
    sentences.add("Port 9170 is taken.");
    assertThat(news.toTell()).containsExactly("Port 9170 is taken.");
    assertThat(news.told()).hasSize(2);
  }

  private static EndpointPort port(int used, OptionalInt beside, boolean lasting) {
    return new EndpointPort(
        () -> new EndpointPort.Ports(used, 9170, beside, lasting, List.of()),
        _ -> Optional.of("node (pid 5)"));
  }
}
