package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command starts from complete config files, or not at all. */
final class SettledFilesTest {
  private static final String LONG = "[profile a]\nregion = eu-west-1\n[profile b]\n[profile c]\n";
  private static final String SHORT = "[profile a]\nregion = eu-west-1\n";

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Path config;
  private CallerEnvironment environment;
  private SettledFiles settled;

  @BeforeEach
  void write() throws IOException {
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    config = Files.writeString(folder.resolve("config"), LONG);
    environment =
        CallerEnvironment.of(
            Map.of("AWS_CONFIG_FILE", config.toString(), "HOME", folder.toString()));
    settled =
        new SettledFiles(
            new ConfigReader(new SdkSectionParser(), clock),
            span -> {
              pauses.add(span);
              clock.advance(span);
              meanwhile.run();
            });
    assertThat(names()).containsExactly("a", "b", "c");
  }

  @Test
  void completeFilesAreNotWaitedFor() {
    replace(LONG + "[profile d]\n");
    assertThat(names()).containsExactly("a", "b", "c", "d");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aFileThatWasShortenedInPlaceCountsAfterTwoSeconds() {
    replace(SHORT);
    assertThat(names()).containsExactly("a");
    assertThat(waited()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_050));
  }

  @Test
  void aFileThatIsCompletedMeanwhileCountsAtOnce() {
    replace("[profile a]\nreg");
    meanwhile = () -> replace(LONG.replace("eu-west-1", "us-east-1"));
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void aFileThatIsGoneIsWaitedFor() throws IOException {
    Files.delete(config);
    assertThat(names()).isEmpty();
    assertThat(waited()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_050));
  }

  @Test
  @Attack("regular-files")
  void aFileThatIsWrittenWithoutEndIsRefusedInOneSentence() {
    replace("[profile a]\n");
    var length = new int[] {0};
    meanwhile =
        () -> {
          length[0]++;
          replace("[profile a]\n" + " ".repeat(length[0]));
          changedNow();
        };
    assertThatExceptionOfType(JvaultException.class)
        .isThrownBy(this::names)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .withMessageStartingWith(config + " is still being written (it looks cut off");
    assertThat(waited()).isLessThan(Duration.ofMillis(2_200));
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedAtOnce() throws IOException {
    Files.delete(config);
    Files.createDirectory(config);
    assertThatExceptionOfType(JvaultException.class)
        .isThrownBy(this::names)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROFILE))
        .withMessageStartingWith(config + " is a directory, and nothing starts from its previous");
    assertThat(pauses).isEmpty();
  }

  private void replace(String text) {
    try {
      Files.writeString(config, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's time stays ahead of the file system's clock, however slow the machine is. */
  private void changedNow() {
    try {
      Files.setLastModifiedTime(config, FileTime.from(clock.instant().plus(Duration.ofHours(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Iterable<String> names() {
    return settled.of(environment).names();
  }

  private Duration waited() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
