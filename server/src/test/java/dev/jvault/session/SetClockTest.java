package dev.jvault.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.prompt.Person;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions while the wall clock is set. The steady clock shows how much time really passes. */
final class SetClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private BrokerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new BrokerFixture(folder, KeySource.KEYRING);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-PT24H", "PT1H", "PT24H"})
  @Attack("never-stale")
  void anEndedSessionIsNotServedWhateverTheClockWasSetTo(String span) {
    String first = issued().accessKeyId();
    fixture.clock.set(Duration.parse(span));
    fixture.clock.advance(HOUR);
    assertThat(issued().accessKeyId()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT2H", "-PT24H"})
  @Attack("never-stale")
  void anEndedSessionIsNotTakenFromTheDiskByTheNextDaemon(String span) {
    String first = issued().accessKeyId();
    fixture.clock.set(Duration.parse(span));
    fixture.clock.advance(HOUR);
    fixture.restart();
    assertThat(issued().accessKeyId()).isNotEqualTo(first);
  }

  @Test
  void aSessionNamesAnEndThatTheClockOfItsReadersReachesInTime() {
    issued();
    fixture.clock.set(HOUR.negated());
    fixture.clock.advance(Duration.ofMinutes(20));
    assertThat(issued().expiration())
        .isEqualTo(fixture.clock.instant().plus(Duration.ofMinutes(40)));
  }

  @Test
  void theNextRefreshIsPlannedByWhatIsLeft() {
    issued();
    fixture.clock.set(Duration.ofDays(-2));
    Optional<Instant> due = fixture.sessions.refreshDue();
    assertThat(due)
        .hasValueSatisfying(next -> assertThat(next).isBefore(fixture.clock.instant().plus(HOUR)));
    assertThat(fixture.sessions.views().getFirst().nextRefresh()).isEqualTo(due);
    fixture.clock.advance(Duration.ofMinutes(36));
    var _ = fixture.sessions.refreshDue();
    await().until(() -> fixture.sts.calls().size() == 2);
  }

  @Test
  void aFailedRefreshIsTriedAgainInTime() {
    issued();
    fixture.clock.advance(Duration.ofMinutes(36));
    fixture.sts.answer(new Outcome.Unavailable("no route"));
    var _ = fixture.sessions.refreshDue();
    await().until(() -> fixture.sessions.views().getFirst().lastError().isPresent());
    fixture.clock.set(Duration.ofDays(-1));
    fixture.clock.advance(Duration.ofSeconds(6));
    var _ = fixture.sessions.refreshDue();
    await().until(() -> fixture.sts.calls().size() == 3);
  }

  @Test
  void aSessionThatIsNotUsedIsNotRefreshedForLonger() {
    issued(Duration.ofHours(12));
    fixture.clock.set(Duration.ofDays(-1));
    fixture.clock.advance(Duration.ofHours(11).plusMinutes(50));
    var _ = fixture.sessions.refreshDue();
    assertThat(fixture.sts.calls()).hasSize(1);
  }

  private SessionCredentials issued() {
    return issued(HOUR);
  }

  private SessionCredentials issued(Duration life) {
    var chain =
        new Chain(
            "root",
            List.of(
                new Hop.StoredKey("root"),
                new Hop.SessionToken(Optional.empty(), life, BrokerFixture.STS)),
            Optional.empty());
    return ((Outcome.Issued) fixture.verb(chain, Person.ABSENT)).credentials();
  }
}
