package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants that were made for a command that never asked for credentials. */
final class UnusedGrantsTest {
  private static final CallerEnvironment PLAIN = CallerEnvironment.of(Map.of("HOME", "/home/me"));

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private Path state;
  private Path processes;
  private Grants grants;

  @BeforeEach
  void open() throws IOException {
    state =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    processes = Files.createDirectory(folder.resolve("proc"));
    process("self", "HOME=/");
    process("1", "HOME=/\0PATH=/bin\0");
    grants = open(state);
  }

  private Grants open(Path state) {
    return new Grants(state, state.resolve("tokens"), new TokenHolders(processes), clock);
  }

  @Test
  void endWithTheirTokenFilesOnceNoProcessNamesThem() {
    for (int region = 1; region < 15; region++) {
      var caller = CallerEnvironment.of(Map.of("AWS_REGION", "eu-west-" + region));
      var _ = grants.forCommand("dev", caller);
    }
    Grant plain = grants.forCommand("dev", PLAIN);
    clock.advance(Duration.ofMinutes(14));
    endUnused();
    assertThat(grants.all()).hasSize(15);

    clock.advance(Duration.ofMinutes(1));
    endUnused();
    assertThat(grants.all()).isEmpty();
    assertThat(grants.tokenFile(plain.id())).doesNotExist();
    assertThat(grants.forCommand("dev", PLAIN).id()).isEqualTo(plain.id());
  }

  @Test
  void stayWhileALivingProcessNamesTheirTokenFile() throws IOException {
    Grant grant = grants.forCommand("dev", PLAIN);
    process("4711", "X=1\0AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=" + grants.tokenFile(grant.id()));
    clock.advance(Duration.ofHours(3));
    endUnused();
    assertThat(grants.all()).containsExactly(grant);
    assertThat(grants.unused()).as("looked at again later").isEmpty();

    Files.delete(processes.resolve("4711/environ"));
    clock.advance(Duration.ofMinutes(15));
    endUnused();
    assertThat(grants.all()).isEmpty();
  }

  @Test
  void stayWhileALivingProcessHasTheTokenItselfAndNamesTheirPath() throws IOException {
    Grant grant = grants.forCommand("dev", PLAIN);
    process(
        "4711",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:9170" + grant.credentialsPath());
    clock.advance(Duration.ofHours(3));
    endUnused();
    assertThat(grants.all()).containsExactly(grant);
  }

  @Test
  void stayIfAProgramHasUsedThem() throws IOException {
    Grant grant = grants.forCommand("dev", PLAIN);
    assertThat(grants.admit(Files.readString(grants.tokenFile(grant.id())))).contains(grant);
    clock.advance(Duration.ofDays(3));
    endUnused();
    assertThat(grants.all()).containsExactly(grant);
  }

  @Test
  void stayIfTheyHaveAnotherConsumerToo() {
    Grant printed = grants.standing(Grant.Kind.TERMINAL, "dev", PLAIN);
    Grant first = grants.forCommand("ops", PLAIN);
    assertThat(grants.forCommand("dev", PLAIN)).isEqualTo(printed);
    assertThat(grants.standing(Grant.Kind.TERMINAL, "ops", PLAIN)).isEqualTo(first);
    clock.advance(Duration.ofDays(3));
    endUnused();
    assertThat(grants.all()).hasSize(2);
  }

  @Test
  void endUnderTheNextDaemonToo() {
    var _ = grants.forCommand("dev", PLAIN);
    Grant printed = grants.standing(Grant.Kind.TERMINAL, "ops", PLAIN);
    Grant first = grants.forCommand("web", PLAIN);
    assertThat(grants.standing(Grant.Kind.TERMINAL, "web", PLAIN)).isEqualTo(first);

    grants = open(state);
    clock.advance(Duration.ofMinutes(14));
    endUnused();
    assertThat(grants.all()).as("each has 15 minutes from the start").hasSize(3);
    clock.advance(Duration.ofMinutes(1));
    endUnused();
    assertThat(grants.all()).containsExactlyInAnyOrder(printed, first);
  }

  @Test
  void stayIfTheSystemDoesNotShowEnvironments() throws IOException {
    var _ = grants.forCommand("dev", PLAIN);
    Files.delete(processes.resolve("self/environ"));
    clock.advance(Duration.ofDays(3));
    endUnused();
    assertThat(grants.all()).hasSize(1);
  }

  private void endUnused() {
    grants.endUnused(grants.unused());
  }

  private void process(String id, String environment) throws IOException {
    Path process = Files.createDirectories(processes.resolve(id));
    Files.writeString(process.resolve("environ"), environment);
  }
}
