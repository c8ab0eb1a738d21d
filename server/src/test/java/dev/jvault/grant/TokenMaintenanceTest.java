package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens over time, and token files that are lost, exposed or written by others. */
final class TokenMaintenanceTest {
  private static final CallerEnvironment PLAIN = CallerEnvironment.of(Map.of());
  private static final Duration WEEK = Duration.ofDays(7).plusSeconds(1);
  private static final Duration GRACE = Duration.ofHours(36);

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  @SuppressWarnings("NullAway.Init")
  private Path state;

  @SuppressWarnings("NullAway.Init")
  private Grants grants;

  @SuppressWarnings("NullAway.Init")
  private Grant dev;

  @BeforeEach
  void open() {
    state = folder.resolve("state");
    OwnerFiles.folder(state);
    grants = reopened();
    dev = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
  }

  @Test
  void replacesATokenAfterAWeekAndAcceptsTheOldOneForADayAndAHalf() throws IOException {
    String old = token(dev);
    clock.advance(WEEK.minusSeconds(1));
    maintain();
    assertThat(token(dev)).isEqualTo(old);
    clock.advance(Duration.ofSeconds(1));
    maintain();
    String fresh = token(dev);
    assertThat(fresh).isNotEqualTo(old).matches("[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(dev))))
        .isEqualTo("rw-------");
    assertThat(grants.views().getFirst().graceEnd()).contains(clock.instant().plus(GRACE));

    clock.advance(GRACE.minusSeconds(1));
    assertThat(reopened().admit(old)).contains(dev);
    assertThat(grants.admit(old)).contains(dev);
    clock.advance(Duration.ofSeconds(1));
    assertThat(grants.admit(old)).isEmpty();
    assertThat(reopened().admit(old)).isEmpty();
    assertThat(grants.admit(fresh)).contains(dev);
    maintain();
    assertThat(token(dev)).isEqualTo(fresh);
    assertThat(grants.views().getFirst().graceEnd()).isEmpty();
  }

  @Test
  void acceptsOnlyTheLatestPreviousToken() throws IOException {
    String first = token(dev);
    clock.advance(WEEK);
    maintain();
    String second = token(dev);
    Files.delete(file(dev));
    maintain();
    assertThat(grants.admit(first)).isEmpty();
    assertThat(grants.admit(second)).contains(dev);
    assertThat(grants.admit(token(dev))).contains(dev);
  }

  @ParameterizedTest
  @EnumSource(names = {"BOUND", "IMDS"})
  void neverRotatesTheTokenOfABoundProcessOrAListener(Grant.Kind kind) throws IOException {
    Grant other = kind == Grant.Kind.BOUND ? bound() : grants.standing(kind, "dev", PLAIN);
    String token = token(other);
    clock.advance(WEEK.multipliedBy(5));
    maintain();
    assertThat(token(other)).isEqualTo(token);
  }

  @Test
  void neverRotatesATokenInTheEnvironmentAndMakesNoFileForIt() {
    Grants.Issued issued = grants.inEnvironment("dev", PLAIN, List.of(), self());
    clock.advance(WEEK.multipliedBy(5));
    maintain();
    assertThat(grants.tokenFile(issued.grant().id())).doesNotExist();
    assertThat(grants.admit(issued.token().reveal())).contains(issued.grant());
  }

  @Test
  void acceptsALostTokenOfAProcessAsLongAsItLives() throws IOException {
    Grant bound = bound();
    String lost = token(bound);
    Files.delete(file(bound));
    maintain();
    clock.advance(GRACE.multipliedBy(20));
    maintain();
    assertThat(grants.admit(lost)).contains(bound);
    assertThat(reopened().admit(lost)).contains(bound);
    assertThat(grants.admit(token(bound))).contains(bound);
  }

  @Test
  void restoresALostFileAtTheNextHeartbeat() throws IOException {
    String lost = token(dev);
    Files.delete(file(dev));
    assertThat(grants.maintain()).isEmpty();
    assertThat(token(dev)).isNotEqualTo(lost);
    assertThat(grants.admit(token(dev))).contains(dev);
    assertThat(grants.admit(lost)).contains(dev);
    assertThat(grants.notices()).isEmpty();
  }

  @Test
  void restoresALostFolder() throws IOException {
    Files.delete(file(dev));
    Files.delete(state.resolve("tokens"));
    maintain();
    assertThat(grants.admit(token(dev))).contains(dev);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-----w-", "rwx--x---"})
  @Attack("token-file")
  void endsATokenAtOnceIfOthersCouldReadItsFile(String permissions) throws IOException {
    String read = token(dev);
    Files.setPosixFilePermissions(file(dev), PosixFilePermissions.fromString(permissions));
    assertThat(grants.maintain()).containsExactly(dev);
    exposed(read);
  }

  @Test
  @Attack("token-file")
  void endsATokenAtOnceIfItsFileBecameALink() throws IOException {
    String read = token(dev);
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), read);
    Files.delete(file(dev));
    Files.createSymbolicLink(file(dev), elsewhere);
    assertThat(grants.maintain()).containsExactly(dev);
    assertThat(elsewhere).hasContent(read);
    exposed(read);
  }

  @Test
  void endsAnExposedTokenAtOnceIfACallerOrTheStartFindsIt() throws IOException {
    String first = token(dev);
    Files.setPosixFilePermissions(file(dev), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN)).isEqualTo(dev);
    assertThat(grants.admit(first)).isEmpty();
    String second = token(dev);
    Files.setPosixFilePermissions(file(dev), PosixFilePermissions.fromString("rw-r--r--"));
    grants = reopened();
    exposed(second);
  }

  @Test
  void replacesATokenThatIsInTheRegistryButNotInItsFile() throws IOException {
    String used = token(dev);
    clock.advance(WEEK);
    maintain();
    // As if the machine had crashed between the two writes.
    OwnerFiles.write(file(dev), used);
    clock.advance(GRACE.minusSeconds(1));
    grants = reopened();
    assertThat(token(dev)).isNotEqualTo(used);
    clock.advance(GRACE.minusSeconds(1));
    assertThat(grants.admit(used)).contains(dev);
    assertThat(grants.admit(token(dev))).contains(dev);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a foreign token", "\n"})
  void replacesAFileThatThisDaemonDidNotWrite(String content) throws IOException {
    String used = token(dev);
    OwnerFiles.write(file(dev), content);
    maintain();
    assertThat(grants.admit(content)).isEmpty();
    assertThat(grants.admit(used)).contains(dev);
    assertThat(grants.admit(token(dev))).contains(dev);
  }

  @Test
  void acceptsATokenThatAnotherDaemonOfTheSameFolderHasWritten() throws IOException {
    Grants other = reopened();
    clock.advance(WEEK);
    assertThat(other.maintain()).isEmpty();
    String fresh = token(dev);
    maintain();
    assertThat(other.maintain()).isEmpty();
    assertThat(token(dev)).isEqualTo(fresh);
    assertThat(grants.admit(fresh)).contains(dev);
  }

  @Test
  void aClockThatWasSetBackDoesNotExtendAnOldToken() throws IOException {
    clock.advance(WEEK);
    String old = token(dev);
    maintain();
    clock.advance(Duration.ofDays(30).negated());
    maintain();
    maintain();
    clock.advance(GRACE.plusSeconds(1));
    assertThat(grants.admit(old)).isEmpty();
    assertThat(grants.admit(token(dev))).contains(dev);
  }

  /** The exposed token is invalid, the new one is valid, and the user gets one notice. */
  private void exposed(String read) throws IOException {
    assertThat(grants.admit(read)).isEmpty();
    assertThat(Files.isRegularFile(file(dev), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(dev))))
        .isEqualTo("rw-------");
    assertThat(grants.admit(token(dev))).contains(dev);
    assertThat(grants.views().getFirst().exposed()).contains(clock.instant());
    assertThat(grants.views().getFirst().graceEnd()).isEmpty();
    assertThat(grants.maintain()).isEmpty();
    assertThat(grants.notices()).hasSize(1).first().asString().contains("dev-terminal");
    assertThat(grants.notices()).isEmpty();
    assertThat(reopened().admit(read)).isEmpty();
    assertThat(reopened().views().getFirst().exposed()).contains(clock.instant());
  }

  private void maintain() {
    assertThat(grants.maintain()).isEmpty();
  }

  private Grant bound() {
    return grants.bound("dev", PLAIN, List.of(), self());
  }

  private static ProcessIdentity self() {
    return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
  }

  private Grants reopened() {
    return new Grants(state, state.resolve("tokens"), clock);
  }

  private Path file(Grant grant) {
    return grants.tokenFile(grant.id());
  }

  private String token(Grant grant) throws IOException {
    return Files.readString(file(grant));
  }
}
