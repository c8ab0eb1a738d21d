package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointPortsTest {
  @TempDir Path state;
  private final FakeClock clock = new FakeClock();

  @Test
  void aSubstituteIsTriedFirstAtTheNextStartThenTheNeighboursThenAny() {
    ports().opened(9_180);

    EndpointPorts next = ports();

    assertThat(next.wanted()).isEqualTo(9_170);
    assertThat(next.others())
        .startsWith(9_180, 9_190, 9_200)
        .endsWith(0)
        .doesNotHaveDuplicates()
        .allMatch(port -> port < 32_768);
  }

  @Test
  void theSubstituteAnswersBesideTheWantedPortOnceThatIsBack() {
    EndpointPorts ports = ports();
    ports.opened(9_180);
    assertThat(ports.used()).isEqualTo(9_180);
    assertThat(ports.beside()).as("it is the one in use").isEmpty();

    ports.back();

    assertThat(ports.used()).isEqualTo(9_170);
    assertThat(ports.beside()).hasValue(9_180);
    EndpointPorts next = ports();
    next.opened(9_170);
    assertThat(next.beside()).hasValue(9_180);
  }

  @Test
  void aSubstituteThatNoProgramUsesFor30DaysIsNotOpenedAgain() {
    substituteThenWanted();
    clock.advance(Duration.ofDays(29));
    assertThat(started().beside()).hasValue(9_180);
    clock.advance(Duration.ofDays(1));
    assertThat(started().beside()).isEmpty();
  }

  @Test
  void aUseKeepsTheSubstituteForAnother30Days() {
    EndpointPorts ports = substituteThenWanted();
    clock.advance(Duration.ofDays(29));
    ports.substituteUsed();
    ports.save();
    clock.advance(Duration.ofDays(29));
    assertThat(started().beside()).hasValue(9_180);
  }

  @Test
  void aChosenPortIsWantedFromThenOn() {
    ports().chosen(4_711);
    assertThat(ports().wanted()).isEqualTo(4_711);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9180", "0 2026-11-28", "9180 soon", "70000 2026-11-28", "x y"})
  void aDamagedFileIsSetAsideAndToldOnce(String content) throws IOException {
    Path file = Files.writeString(state.resolve("port-substitute"), content);

    EndpointPorts damaged = started();

    assertThat(damaged.beside()).isEmpty();
    assertThat(damaged.troubles())
        .containsExactly(
            file
                + " holds no port and is now "
                + file
                + ".bad; programs that were told a substitute port read the new one from `jvault"
                + " server`.");
    assertThat(Path.of(file + ".bad")).hasContent(content);
    assertThat(started().troubles()).isEmpty();
  }

  @Test
  void aPortOfAFileThatIsAFolderIsSetAsideToo() throws IOException {
    Files.createDirectory(state.resolve("port-substitute"));
    assertThat(started().troubles()).hasSize(1).first().asString().contains("cannot be read");
    EndpointPorts next = ports();
    next.opened(9_180);
    assertThat(next.lasting()).isTrue();
  }

  private EndpointPorts substituteThenWanted() {
    EndpointPorts ports = ports();
    ports.opened(9_180);
    ports.back();
    return ports;
  }

  /** The ports of a daemon that has got the wanted one. */
  private EndpointPorts started() {
    EndpointPorts ports = ports();
    ports.opened(ports.wanted());
    return ports;
  }

  private EndpointPorts ports() {
    return new EndpointPorts(state, clock);
  }
}
