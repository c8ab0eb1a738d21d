package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.RuntimeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallerZoneTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, Europe/Berlin",
    ":Europe/Berlin, Europe/Berlin",
    "/usr/share/zoneinfo/America/Argentina/Ushuaia, America/Argentina/Ushuaia",
    "Etc/GMT+5, Etc/GMT+5",
    "UTC, UTC"
  })
  void isWhatTheVariableNames(String variable, String zone) {
    assertThat(zone(variable)).isEqualTo(zone);
  }

  @Test
  void isTheSystemsIfTheVariableIsNotSet() throws IOException {
    Files.createSymbolicLink(systems(), Path.of("/var/db/timezone/zoneinfo/Asia/Kolkata"));
    assertThat(zone("")).isEqualTo("Asia/Kolkata");
  }

  @Test
  void isLeftToJavaIfThereIsNoName() throws IOException {
    Files.writeString(systems(), "TZif2");
    assertThat(zone("")).isEqualTo(TimeZone.getDefault().getID());
    assertThat(zone("CET-1CEST,M3.5.0,M10.5.0/3")).isEqualTo(TimeZone.getDefault().getID());
    assertThat(zone("../../etc/passwd\n")).isEqualTo(TimeZone.getDefault().getID());
  }

  private String zone(String variable) {
    Map<String, String> environment = Map.of("TZ", variable);
    var invocation =
        new Invocation(
            environment,
            RuntimeFiles.of(environment, "Linux"),
            1,
            1,
            "1",
            "",
            Path.of("/"),
            false,
            false);
    return CallerZone.of(invocation, systems());
  }

  private Path systems() {
    return folder.resolve("localtime");
  }
}
