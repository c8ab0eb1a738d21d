package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/x";
  private static final CallerEnvironment PLAIN = CallerEnvironment.of(Map.of("HOME", "/home/me"));

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private Path state;
  private Grants grants;

  @BeforeEach
  void open() throws IOException {
    state =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    grants = reopened();
  }

  @Test
  @Attack("token")
  void admitsTheTokenInTheFileAndNothingElse() throws IOException {
    Grant grant = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    String token = token(grant);
    assertThat(grants.admit(token)).contains(grant);
    assertThat(grants.admit(token + "x")).isEmpty();
    assertThat(grants.admit("")).isEmpty();
  }

  @Test
  @Attack("token-file")
  void writesTheTokenReadableByItsOwnerOnlyAndWithoutANewline() throws IOException {
    Path file = grants.tokenFile(grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN).id());
    assertThat(Files.readString(file)).matches("[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsIdPathAndTokenOverARestart() throws IOException {
    Grant before = grants.standing(Grant.Kind.SERVER, "dev", PLAIN);
    String token = token(before);
    Grants later = reopened();
    assertThat(later.standing(Grant.Kind.SERVER, "dev", PLAIN)).isEqualTo(before);
    assertThat(later.admit(token)).contains(before);
  }

  @Test
  @Attack("hashes-only")
  void keepsNoTokenInItsOwnFile() throws IOException {
    String token = token(grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN));
    assertThat(Files.readString(state.resolve("grants.json"))).doesNotContain(token);
  }

  @Test
  @Attack("grants")
  void makesASeparateGrantForOtherVariables() {
    var other = CallerEnvironment.of(Map.of("AWS_CONFIG_FILE", "/elsewhere"));
    assertThat(grants.standing(Grant.Kind.TERMINAL, "dev", other).id())
        .isNotEqualTo(grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN).id());
  }

  @Test
  void sharesAGrantBetweenTerminalsWithOtherProxiesOrHelpers() {
    var other =
        CallerEnvironment.of(Map.of("HTTPS_PROXY", "http://proxy:3128", "GPG_TTY", "/dev/pts/9"));
    Grant first = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    Grant second = grants.standing(Grant.Kind.TERMINAL, "dev", other);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.environment()).isEqualTo(other);
  }

  @Test
  void replacesUnusualCharactersInIds() {
    Grant odd = grants.standing(Grant.Kind.TERMINAL, "a b/ü'\"..", PLAIN);
    assertThat(odd.id()).matches("[A-Za-z0-9_-]+");
    assertThat(odd.id())
        .isNotEqualTo(grants.standing(Grant.Kind.TERMINAL, "a b/ü'\"_.", PLAIN).id());
  }

  @Test
  void makesANewTokenIfTheFileIsGone() throws IOException {
    Grant grant = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    String lost = token(grant);
    Files.delete(grants.tokenFile(grant.id()));
    String fresh = token(grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN));
    assertThat(fresh).isNotEqualTo(lost);
    assertThat(grants.admit(fresh)).contains(grant);
    assertThat(grants.admit(lost)).contains(grant);
  }

  @Test
  void endsABoundGrantWithItsProcess() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity holder = ProcessIdentity.of(process.pid()).orElseThrow();
    Grant bound = grants.bound("dev", PLAIN, List.of(), holder);
    String token = token(bound);
    assertThat(grants.admit(token)).contains(bound);

    process.destroyForcibly().waitFor();
    assertThat(grants.admit(token)).isEmpty();
    assertThat(grants.maintain()).isEmpty();
    assertThat(grants.all()).isEmpty();
    assertThat(grants.tokenFile(bound.id())).doesNotExist();
  }

  @Test
  @Attack("bound-grants")
  void doesNotMistakeALaterProcessWithTheSamePidForTheHolder() {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    var earlier = new ProcessIdentity(self.pid(), self.started() - 1);
    assertThat(self.alive()).isTrue();
    assertThat(earlier.alive()).isFalse();
  }

  @Test
  void keepsABoundGrantOverARestartWhileItsProcessLives() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity holder = ProcessIdentity.of(process.pid()).orElseThrow();
    Grant bound = grants.bound("dev", PLAIN, List.of(ROLE), holder);
    String token = token(bound);
    Grants.Issued issued = grants.inEnvironment("dev", PLAIN, List.of(ROLE), holder);
    assertThat(grants.tokenFile(issued.grant().id())).doesNotExist();
    Grants later = reopened();
    assertThat(later.admit(token)).contains(bound);
    assertThat(later.admit(issued.token().reveal())).contains(issued.grant());

    process.destroyForcibly().waitFor();
    assertThat(reopened().all()).isEmpty();
    assertThat(grants.tokenFile(bound.id())).doesNotExist();
    assertThat(Files.readString(state.resolve("grants.json"))).doesNotContain("bound-");
  }

  @Test
  @Attack("bound-grants")
  void endsABoundGrantWhosePidAnotherProcessHasNow() throws IOException {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    var earlier = new ProcessIdentity(self.pid(), self.started() - 1);
    Grant bound = grants.bound("dev", PLAIN, List.of(), earlier);
    assertThat(grants.admit(token(bound))).isEmpty();
    assertThat(grants.views().getFirst().ended()).isTrue();
    assertThat(reopened().all()).isEmpty();
  }

  @Test
  @Attack("token")
  void neverAcceptsTheKeyOfAnImdsListenerAsAToken() throws IOException {
    Grant imds = grants.standing(Grant.Kind.IMDS, "dev", PLAIN);
    assertThat(grants.find(imds.id())).contains(imds);
    assertThat(grants.admit(token(imds))).isEmpty();
  }

  @Test
  void remembersWhenAGrantWasLastUsed() throws IOException {
    Grant grant = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    assertThat(grants.views().getFirst().lastUsed()).isEmpty();
    clock.advance(Duration.ofHours(2));
    Optional<Grant> _ = grants.admit(token(grant));
    assertThat(grants.views().getFirst().lastUsed()).contains(clock.instant());
    assertThat(Files.readString(state.resolve("grants.json"))).doesNotContain("lastUsed");
    List<Grant> _ = grants.maintain();
    assertThat(reopened().views().getFirst().lastUsed()).contains(clock.instant());
  }

  @Test
  void notifiesItsListenerOfAnEndedGrant() {
    List<Grant> ended = new ArrayList<>();
    grants.whenEnded(ended::add);
    Grant dev = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    assertThat(grants.end(grant -> grant.equals(dev))).containsExactly(dev);
    assertThat(grants.end(grant -> grant.equals(dev))).isEmpty();
    assertThat(ended).containsExactly(dev);
  }

  @Test
  @Attack("grants")
  void distinguishesProfilesThatDifferOnlyInCase() {
    assertThat(grants.standing(Grant.Kind.TERMINAL, "Dev", PLAIN).id())
        .matches("dev-terminal-[0-9a-f]+");
  }

  @Test
  void anEndedGrantStaysEndedIfTheFileCannotBeWritten() throws IOException {
    Grant dev = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    String token = token(dev);
    // A folder at the path of the temporary file makes writing fail for every user, even root.
    Path obstacle = Files.createDirectories(state.resolve(".grants.json.obstacle.tmp/full"));
    assertThatThrownBy(() -> grants.end(grant -> grant.equals(dev)))
        .isInstanceOf(JvaultException.class);
    assertThat(grants.admit(token)).isEmpty();
    assertThat(grants.maintain()).isEmpty();
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    assertThat(grants.maintain()).isEmpty();
    assertThat(reopened().all()).isEmpty();
  }

  @Test
  void startsEmptyIfItsFileIsGarbage() throws IOException {
    Files.writeString(state.resolve("grants.json"), "{\"grants\":[{\"id\":");
    assertThat(reopened().all()).isEmpty();
  }

  @Test
  void endsMatchingGrantsWithTheirTokenFiles() throws IOException {
    Grant dev = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    Grant ops = grants.standing(Grant.Kind.TERMINAL, "ops", PLAIN);
    var _ = grants.end(grant -> grant.profile().equals("dev"));
    assertThat(List.copyOf(grants.all())).containsExactly(ops);
    assertThat(grants.tokenFile(dev.id())).doesNotExist();
    assertThat(reopened().find(dev.id())).isEmpty();
  }

  private Grants reopened() {
    return new Grants(state, state.resolve("tokens"), clock);
  }

  private String token(Grant grant) throws IOException {
    return Files.readString(grants.tokenFile(grant.id()));
  }
}
