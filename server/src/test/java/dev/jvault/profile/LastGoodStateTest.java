package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Config files in the middle of being changed, and those that cannot be used. */
final class LastGoodStateTest {
  private static final String GOOD =
      """
      [profile a]
      region = eu-west-1
      [profile b]
      role_arn = arn:aws:iam::222222222222:role/b
      source_profile = a
      """;

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final ConfigReader reader = new ConfigReader(new SdkSectionParser(), clock);
  private Path config;
  private CallerEnvironment environment;
  private ConfigReader files;
  private Profiles profiles;

  @BeforeEach
  void write() throws IOException {
    set(Instant.now());
    config = Files.writeString(folder.resolve("config"), GOOD);
    environment =
        CallerEnvironment.of(
            Map.of("AWS_CONFIG_FILE", config.toString(), "HOME", folder.toString()));
    files = new ConfigReader(new SdkSectionParser(), clock);
    profiles = new Profiles(files, "a"::equals, "sam");
    assertThat(outcome("b")).isEqualTo("2 hops");
  }

  @Test
  void aFileThatIsGoneForAMomentKeepsItsProfiles() throws IOException {
    Files.delete(config);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("is gone");
    clock.advance(Duration.ofMillis(1_900));
    assertThat(outcome("b")).isEqualTo("2 hops");
    Files.writeString(config, GOOD);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aFileThatStaysGoneIsDeleted() throws IOException {
    Files.delete(config);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(files.nextLook()).hasValue(clock.instant().plusSeconds(2));
    clock.advance(Duration.ofSeconds(2));
    assertThat(outcome("b")).startsWith("There is no profile");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aChangeLongBeforeTheFirstLookCountsAtOnce() throws IOException {
    Files.writeString(config, "[profile a]\n");
    clock.advance(Duration.ofSeconds(3));
    assertThat(outcome("b")).startsWith("There is no profile");
    Files.writeString(config, GOOD);
    assertThat(outcome("b")).isEqualTo("2 hops");
    Files.delete(config);
    clock.advance(Duration.ofSeconds(3));
    assertThat(outcome("b")).startsWith("There is no profile");
  }

  @Test
  void aFileThatIsRenamedIntoPlaceIsComplete() throws IOException {
    Path next = Files.writeString(folder.resolve("next"), "[profile a]\n");
    Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
    Files.move(next, config, StandardCopyOption.ATOMIC_MOVE);
    assertThat(outcome("b")).startsWith("There is no profile");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aFileThatReplacesAnotherCountsAtOnceHoweverNewAndShort() throws IOException {
    Path next = Files.writeString(folder.resolve("next"), "[profile a]\nregion = eu-west-1\n");
    Files.delete(config);
    Files.createSymbolicLink(config, next);
    assertThat(outcome("b")).startsWith("There is no profile");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aFileThatReplacesAnotherIsWaitedForWhileItIsEmpty() throws IOException {
    Path next = Files.createFile(folder.resolve("next"));
    Files.delete(config);
    Files.createSymbolicLink(config, next);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("is empty");
  }

  @Test
  void jvaultsOwnEditCountsAtOnce() throws IOException {
    Path credentials = Files.createDirectory(folder.resolve(".aws")).resolve("credentials");
    Files.writeString(
        credentials,
        """
        [k]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = 0123456789012345678901234567890123456789
        """);
    var editor = new ConfigEditor(files);
    PlaintextKey key = editor.plaintextKey("k", environment);
    assertThat(editor.remove(List.of(key), environment, clock.instant())).hasSize(1);
    assertThat(files.plaintextKeys(environment)).isEmpty();
    assertThat(files.staleFiles(environment)).isEmpty();
  }

  @Test
  void anEmptiedFileCountsAfterTwoSeconds() throws IOException {
    Files.writeString(config, "");
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("is empty");
    clock.advance(Duration.ofSeconds(2));
    assertThat(outcome("b")).startsWith("There is no profile");
  }

  @Test
  void aFileThatIsWrittenInPlaceKeepsItsProfilesAtEachLength() throws IOException {
    String next = GOOD.replace("eu-west-1", "us-east-2");
    for (int length = 0; length < next.length(); length++) {
      Files.writeString(config, next.substring(0, length));
      assertThat(outcome("b")).as(next.substring(0, length)).isEqualTo("2 hops");
    }
    assertThat(region()).isEqualTo("eu-west-1");
    Files.writeString(config, next);
    assertThat(region()).isEqualTo("us-east-2");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aProfileThatIsRemovedAtTheEndIsGoneAfterTwoSeconds() throws IOException {
    Files.writeString(config, "[profile a]\nregion = eu-west-1\n");
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).contains("cut off");
    clock.advance(Duration.ofSeconds(2));
    assertThat(outcome("b")).startsWith("There is no profile");
  }

  @Test
  void anEditInTheMiddleCountsAtOnce() throws IOException {
    Files.writeString(config, GOOD.replace("region = eu-west-1\n", ""));
    assertThat(profiles.resolve("a", environment).region()).isEmpty();
    Files.writeString(config, "[profile c]\n");
    assertThat(outcome("b")).startsWith("There is no profile");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aFolderInItsPlaceOrAFileTooLargeKeepsTheLastGoodState() throws IOException {
    Files.delete(config);
    Files.createDirectory(config);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("is a directory");
    Instant since = clock.instant();
    clock.advance(Duration.ofDays(1));
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(files.staleFiles(environment).getFirst().since()).isEqualTo(since);
    Files.delete(config);
    Files.writeString(config, GOOD + "#".repeat(4 << 20));
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("is larger than 4 MiB");
    assertThat(files.faults(environment).getFirst().sentence())
        .isEqualTo(config + " is larger than 4 MiB; jvault still uses its previous content.");
    assertThat(files.snapshot(environment)).isEmpty();
  }

  @Test
  void anUnreadableFileKeepsTheLastGoodState() throws IOException {
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("---------"));
    if (Files.isReadable(config)) {
      return; // The superuser reads everything.
    }
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(trouble()).isEqualTo("cannot be read (permission denied)");
  }

  @Test
  void aRewriteOfTheSameSizeIsNoticedWithinOneTick() throws IOException {
    for (int i = 0; i < 50; i++) {
      String region = "eu-west-" + i % 10;
      Files.writeString(config, GOOD.replace("eu-west-1", region));
      assertThat(region()).isEqualTo(region);
      assertThat(region()).isEqualTo(region);
    }
  }

  @Test
  void aFileWhoseTimesAreOldIsNotTrustedAtFirstSight() throws IOException {
    // As on a network drive whose clock is behind: two writes in one of its ticks.
    set(Instant.now().plus(Duration.ofHours(1)));
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(config, time);
    FileReading first = reading();
    assertThat(first.settled()).isFalse();
    clock.advance(Duration.ofMillis(150));
    assertThat(reading().settled()).isTrue();
    assertThat(reading().file()).isSameAs(first.file());
  }

  @Test
  void aClockThatStepsBackReadsOnceMoreAndNothingStale() throws IOException {
    set(Instant.now().plus(Duration.ofHours(1)));
    assertThat(region()).isEqualTo("eu-west-1");
    set(Instant.now().minus(Duration.ofHours(5)));
    Files.writeString(config, GOOD.replace("eu-west-1", "eu-west-2"));
    assertThat(region()).isEqualTo("eu-west-2");
    Files.delete(config);
    assertThat(outcome("b")).isEqualTo("2 hops");
    set(Instant.now().minus(Duration.ofHours(10)));
    assertThat(outcome("b")).isEqualTo("2 hops");
    clock.advance(Duration.ofSeconds(3));
    assertThat(outcome("b")).startsWith("There is no profile");
  }

  @Test
  void aFolderThatIsSwappedUnderALinkIsFollowed() throws IOException {
    // As Kubernetes mounts a ConfigMap: config → ..data/config, ..data → ..one.
    for (String region : new String[] {"eu-west-8", "eu-west-9"}) {
      Path one = Files.createDirectory(folder.resolve(".." + region));
      Files.writeString(one.resolve("config"), GOOD.replace("eu-west-1", region));
      Files.setLastModifiedTime(one.resolve("config"), FileTime.fromMillis(0));
    }
    Files.delete(config);
    Path data = folder.resolve("..data");
    Files.createSymbolicLink(data, Path.of("..eu-west-8"));
    Files.createSymbolicLink(config, Path.of("..data/config"));
    assertThat(region()).isEqualTo("eu-west-8");
    Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..eu-west-9"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertThat(region()).isEqualTo("eu-west-9");
  }

  @Test
  void brokenLinesAndHeadersAreReportedWithTheirPlace() throws IOException {
    Files.writeString(config, GOOD + "[profile x\nregion = y\n[profile c]\nno value\n");
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(outcome("c")).contains(config + ":9");
    assertThat(files.faults(environment))
        .extracting(ConfigReader.Fault::sentence)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("[c] is broken: " + config + ":9 cannot be read"),
            line ->
                assertThat(line).isEqualTo(config + ":6 belongs to no section that can be read."));
  }

  @Test
  void anEditReportsTheOutdatedChains() throws IOException {
    assertThat(profiles.edits()).isEmpty();
    Chain old = profiles.resolve("a", environment);
    Files.writeString(config, GOOD.replace("eu-west-1", "us-east-1"));
    ChainsEdit edit = profiles.edits().orElseThrow();
    assertThat(edit.outdated()).extracting(ChainsEdit.ChainInUse::chain).contains(old);
    assertThat(edit.current())
        .extracting(use -> use.chain().region().orElse(""))
        .contains("us-east-1")
        .doesNotContain("eu-west-1");
    assertThat(profiles.edits()).isEmpty();
  }

  @Test
  void aRequestThatFindsAnEditCallsTheListener() throws IOException {
    var called = new java.util.concurrent.atomic.AtomicInteger();
    profiles.whenEdited(called::incrementAndGet);
    assertThat(outcome("b")).isEqualTo("2 hops");
    assertThat(called).hasValue(0);
    Files.writeString(config, "[profile a]\nregion = x-1\n[profile c]\n");
    assertThat(outcome("b")).startsWith("There is no profile");
    assertThat(called).hasValue(1);
  }

  private void set(Instant now) {
    clock.advance(Duration.between(clock.instant(), now));
  }

  private FileReading reading() {
    return reader.reading(config, FileKind.CONFIG);
  }

  /** The number of hops, or the sentence. */
  private String outcome(String name) {
    try {
      return profiles.resolve(name, environment).hops().size() + " hops";
    } catch (JvaultException e) {
      return e.sentence();
    }
  }

  private String region() {
    return profiles.resolve("a", environment).region().orElse("");
  }

  private String trouble() {
    return files.staleFiles(environment).stream()
        .map(ConfigReader.StaleFile::what)
        .findFirst()
        .orElse("");
  }
}
