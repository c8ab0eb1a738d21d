package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.RawClient;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another user opens connections as fast as four processes can, and locks nobody out. */
@Timeout(600)
final class FloodIT {
  private static final int REQUESTS = 6;

  private Listeners listeners;
  private Intruder stranger;

  @BeforeEach
  void start() throws IOException {
    listeners = new Listeners();
    stranger = new Intruder(listeners.jvault());
  }

  @AfterEach
  void stop() {
    stranger.close();
    listeners.close();
  }

  @Test
  @Attack("connections")
  void everyHonestRequestIsAnsweredUnderFourFloods() throws IOException {
    for (int process = 0; process < 4; process++) {
      stranger.flood(listeners.container());
    }
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
            .formatted(listeners.path(), listeners.token());
    List<String> answers = new ArrayList<>();
    for (int number = 0; number < REQUESTS; number++) {
      try {
        answers.add(RawClient.exchange(listeners.container(), request));
      } catch (IOException e) {
        answers.add(e.toString());
      }
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer).contains("\"AccessKeyId\""));
    try (Stream<Path> open =
        Files.list(Path.of("/proc/" + listeners.jvault().daemon().orElseThrow().pid() + "/fd"))) {
      assertThat(open).hasSizeLessThan(800);
    }
    assertThat(listeners.log()).doesNotContain("ERROR", "Accept");
  }
}
