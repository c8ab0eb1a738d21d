package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.SeenFile;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.Secret;
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
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadyFilesTest {
  private static final ProcessIdentity PROCESS = new ProcessIdentity(4711, 5678901);

  private static final String LONG =
      "a-name-of-a-hundred-and-one-letters-0123456789012345678901234567890123456789012345678901234567890123456";

  @TempDir Path home;
  private final FakeClock clock = new FakeClock();

  @SuppressWarnings("NullAway.Init")
  private RuntimeFiles files;

  @SuppressWarnings("NullAway.Init")
  private ReadyFiles ready;

  @SuppressWarnings("NullAway.Init")
  private Path config;

  @BeforeEach
  void open() throws IOException {
    config = Files.writeString(home.resolve("config"), "");
    files = RuntimeFiles.of(Map.of("JVAULT_HOME", home.resolve("jv").toString()), "Linux");
    OwnerFiles.folder(files.run());
    ready = new ReadyFiles(files, PROCESS, Secret.of("the-proof"), clock);
  }

  @Test
  void holdsEverythingThatTheLauncherComparesAndApplies() throws IOException {
    Instant end = clock.instant().plus(Duration.ofHours(1));
    write(grant("dev", Map.of("AWS_REGION", "eu-west-1")), config, end);
    List<String> lines = Files.readAllLines(file("dev"));
    assertThat(lines)
        .startsWith(
            "jvault-ready 1",
            "program " + ProgramVersion.CURRENT,
            "pid 4711",
            "started " + (Files.isDirectory(Path.of("/proc/self")) ? "5678901" : "0"),
            "until " + end.getEpochSecond(),
            "file + " + config,
            "real " + config.toRealPath(),
            "mark " + files.readyFiles().resolve("dev.mark0"),
            "file - " + home.resolve("credentials"),
            "folder " + home,
            "mark " + files.readyFiles().resolve("dev.mark2"))
        .endsWith(
            "port 9170",
            "path /credential-process/dev-terminal",
            "token-file /tokens/dev-terminal",
            "proof the-proof",
            "jvault-plan 1",
            "set AWS_VAULT=dev",
            "end");
    assertThat(lines.stream().filter(line -> line.startsWith("var ")))
        .containsExactly("var AWS_REGION=eu-west-1");
  }

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("dev"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file("dev"))).contains("until 9999999999\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {LONG, "with space", "dev.eu", "../dev", "größe", "a/b", "'", ".dev"})
  void isNotWrittenForANameThatIsNoFileName(String profile) throws IOException {
    write(grant(profile, Map.of()), config, Instant.MAX);
    try (var all = Files.list(files.readyFiles())) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void isNotWrittenForAVariableOfSeveralLines() {
    write(grant("dev", Map.of()), config, Instant.MAX);
    write(grant("dev", Map.of("AWS_REGION", "eu\nport 1")), config, Instant.MAX);
    assertThat(file("dev")).doesNotExist();
  }

  @Test
  void isWrittenAgainAfterItsFolderWasDeleted() throws IOException {
    write(grant("dev", Map.of()), config, Instant.MAX);
    deleteFolder();
    ready.remove("dev");
    ready.removeExpired();
    ready.removeAll();
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(file("dev")).exists();
  }

  @Test
  void isLeftOutIfItsFolderCannotBeMade() throws IOException {
    deleteFolder();
    Files.writeString(files.readyFiles(), "a file in its place");
    write(grant("dev", Map.of()), config, Instant.MAX);
    ready.removeAll();
    new ReadyFiles(files, PROCESS, Secret.of("the-proof"), clock).removeAll();
    assertThat(files.readyFiles()).isRegularFile();
  }

  private void deleteFolder() throws IOException {
    try (var all = Files.list(files.readyFiles())) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(files.readyFiles());
  }

  @Test
  void isNotWrittenForAnExpiredSession() {
    write(grant("dev", Map.of()), config, clock.instant());
    assertThat(file("dev")).doesNotExist();
  }

  @Test
  void isRemovedWhenItExpires() {
    write(grant("short", Map.of()), config, clock.instant().plusSeconds(10));
    write(grant("long", Map.of()), config, Instant.MAX);
    clock.advance(Duration.ofSeconds(9));
    ready.removeExpired();
    assertThat(file("short")).exists();
    clock.advance(Duration.ofSeconds(1));
    ready.removeExpired();
    assertThat(file("short")).doesNotExist();
    assertThat(file("long")).exists();
  }

  @Test
  void isRemovedWhenAConfigFileChanges() throws IOException {
    write(grant("dev", Map.of()), config, Instant.MAX);
    ready.removeEdited();
    assertThat(file("dev")).exists();

    Path next = Files.writeString(home.resolve("next"), "");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(config));
    Files.move(next, config, StandardCopyOption.ATOMIC_MOVE);
    ready.removeEdited();
    assertThat(file("dev")).doesNotExist();
  }

  @Test
  void aFolderThatChangedBecauseOfAnotherFileIsMarkedAgain() throws IOException {
    Path mark = files.readyFiles().resolve("dev.mark2");
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(Files.getLastModifiedTime(mark)).isEqualTo(Files.getLastModifiedTime(home));
    Files.setLastModifiedTime(home, FileTime.from(Instant.parse("2029-01-01T00:00:00Z")));
    ready.removeEdited();
    assertThat(Files.getLastModifiedTime(mark)).isEqualTo(Files.getLastModifiedTime(home));
  }

  @Test
  void aFolderThatChangesRightNowIsNotMarked() throws IOException {
    Files.setLastModifiedTime(home, FileTime.from(clock.instant().minusMillis(50)));
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(Files.getLastModifiedTime(files.readyFiles().resolve("dev.mark2")))
        .isEqualTo(FileTime.from(Instant.EPOCH));
  }

  @Test
  void isNotWrittenInTheSecondOfAChangeWhereTimesAreWholeSeconds() throws IOException {
    Files.setLastModifiedTime(config, FileTime.from(clock.instant().minusSeconds(1)));
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(file("dev")).doesNotExist();
    Files.setLastModifiedTime(config, FileTime.from(clock.instant().minusSeconds(2)));
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(file("dev")).exists();
  }

  @Test
  void theFolderThatALinkLeadsToIsMarkedToo() throws IOException {
    Path real = Files.writeString(Files.createDirectory(home.resolve("real")).resolve("c"), "");
    Path link = Files.createSymbolicLink(home.resolve("link"), real);
    write(grant("dev", Map.of()), link, Instant.MAX);
    assertThat(Files.readAllLines(file("dev")))
        .contains("folder " + home, "folder " + real.getParent());
  }

  @Test
  void marksHaveTheTimesOfTheConfigFiles() throws IOException {
    write(grant("dev", Map.of()), config, Instant.MAX);
    assertThat(Files.getLastModifiedTime(files.readyFiles().resolve("dev.mark0")))
        .isEqualTo(Files.getLastModifiedTime(config));
  }

  @Test
  void isRemovedByNameAndWithAllOthers() {
    write(grant("dev", Map.of()), config, Instant.MAX);
    write(grant("prod", Map.of()), config, Instant.MAX);
    ready.remove("dev");
    assertThat(file("dev")).doesNotExist();
    assertThat(file("prod")).exists();
    ready.removeAll();
    assertThat(file("prod")).doesNotExist();
  }

  @Test
  void doesNotOutliveTheDaemonThatWroteIt() {
    write(grant("dev", Map.of()), config, Instant.MAX);
    var _ = new ReadyFiles(files, PROCESS, Secret.of("another"), clock);
    assertThat(file("dev")).doesNotExist();
  }

  private void write(Grant grant, Path config, Instant issuable) {
    ready.write(
        grant,
        9170,
        Path.of("/tokens").resolve(grant.id()),
        seen(config),
        issuable,
        new LaunchPlan().set("AWS_VAULT", grant.profile()));
  }

  /** A config file, and a credentials file that does not exist. */
  private List<SeenFile> seen(Path config) {
    var environment =
        CallerEnvironment.of(
            Map.of(
                "AWS_CONFIG_FILE",
                config.toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                home.resolve("credentials").toString()));
    return new ConfigReader(new SdkSectionParser()).snapshot(environment).orElseThrow();
  }

  private static Grant grant(String profile, Map<String, String> variables) {
    return new Grant(
        "dev-terminal",
        Grant.Kind.TERMINAL,
        profile,
        CallerEnvironment.of(variables),
        List.of(),
        Optional.empty(),
        Instant.EPOCH);
  }

  private Path file(String profile) {
    return files.readyFiles().resolve(profile);
  }
}
