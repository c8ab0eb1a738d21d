package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.HangingFiles;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Config files on a drive that hangs. */
@Timeout(60)
final class HangingFilesTest {
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final HangingFiles hanging = new HangingFiles();
  private final ConfigReader reader =
      new ConfigReader(new SdkSectionParser(), clock, hanging.files());
  private Path config;
  private CallerEnvironment environment;

  @BeforeEach
  void write() throws IOException {
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    config = Files.writeString(folder.resolve("config"), "[profile a]\nregion = eu-west-1\n");
    environment =
        CallerEnvironment.of(
            Map.of("AWS_CONFIG_FILE", config.toString(), "HOME", folder.toString()));
  }

  @AfterEach
  void end() {
    hanging.release();
  }

  @Test
  void aFileThatHangsIsRefusedInOneSentence() {
    hanging.hang(config);
    assertThatThrownBy(() -> reader.read(environment))
        .hasMessage(
            config
                + " does not answer within 5 s; check the drive it is on, or name another file.");
  }

  @Test
  @Attack("regular-files")
  void aFileThatHangsKeepsItsLastGoodState() throws IOException {
    assertThat(reader.read(environment).names()).containsExactly("a");
    hanging.hang(config);
    Files.writeString(config, "[profile a]\n[profile b]\n");
    Files.setLastModifiedTime(config, FileTime.from(Instant.now().minusSeconds(9)));
    assertThat(reader.read(environment).names()).containsExactly("a");
    assertThat(reader.staleFiles(environment).getFirst().sentence())
        .isEqualTo(
            config
                + " does not answer within 5 s; check the drive it is on; jvault still uses its"
                + " previous content.");
  }

  @Test
  @Attack("regular-files")
  void aFileThatHangsKeepsNobodyFromAnother() throws IOException {
    hanging.hang(config);
    assertThatThrownBy(() -> reader.read(environment)).hasMessageContaining("does not answer");
    Path other = Files.writeString(folder.resolve("other"), "[profile b]\n");
    assertThat(
            reader
                .read(
                    CallerEnvironment.of(
                        Map.of("AWS_CONFIG_FILE", other.toString(), "HOME", folder.toString())))
                .names())
        .containsExactly("b");
  }
}
