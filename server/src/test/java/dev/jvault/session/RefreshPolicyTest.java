package dev.jvault.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a session is replaced, at the boundaries of each rule. */
final class RefreshPolicyTest {
  private static final Instant ISSUED = Instant.parse("2030-01-02T03:00:00Z");

  @Test
  void aLongSessionIsDueWith25To30MinutesLeft() {
    IntStream.range(0, 500)
        .mapToObj(i -> session(Duration.ofHours(1), "ASIAEXAMPLE" + i))
        .forEach(session ->
            assertThat(Duration.between(RefreshPolicy.due(session), session.expiration()))
                .isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30).minusSeconds(1)));
  }

  @Test
  void sessionsOfOneAgeAreSpread() {
    long moments =
        IntStream.range(0, 500)
            .mapToObj(i -> RefreshPolicy.due(session(Duration.ofHours(1), "ASIAEXAMPLE" + i)))
            .distinct()
            .count();
    assertThat(moments).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({"PT15M, PT7M30S", "PT30M, PT15M", "PT39M59S, PT19M59.5S"})
  void aSessionShorterThan40MinutesIsDueAtHalfItsLife(Duration life, Duration half) {
    assertThat(RefreshPolicy.due(session(life, "ASIA"))).isEqualTo(ISSUED.plus(half));
  }

  @Test
  void aSessionOf40MinutesIsALongOne() {
    SessionCredentials session = session(Duration.ofMinutes(40), "ASIA");
    assertThat(RefreshPolicy.due(session)).isBeforeOrEqualTo(ISSUED.plus(Duration.ofMinutes(15)));
  }

  @Test
  void aSessionIsLiveUntilTwoSecondsBeforeItsEnd() {
    SessionCredentials session = session(Duration.ofHours(1), "ASIA");
    Instant end = session.expiration();
    assertThat(RefreshPolicy.live(session, end.minusSeconds(2).minusMillis(1))).isTrue();
    assertThat(RefreshPolicy.live(session, end.minusSeconds(2))).isFalse();
    assertThat(RefreshPolicy.live(session, end)).isFalse();
    assertThat(RefreshPolicy.left(session, ISSUED)).isEqualTo(Duration.ofHours(1).minusSeconds(2));
  }

  @Test
  void aUseCountsForAnHour() {
    assertThat(RefreshPolicy.usedLately(ISSUED, ISSUED.plus(Duration.ofHours(1)).minusMillis(1)))
        .isTrue();
    assertThat(RefreshPolicy.usedLately(ISSUED, ISSUED.plus(Duration.ofHours(1)))).isFalse();
  }

  @Test
  void aLongSessionIsComfortableWhileItHasTheWantedLife() {
    SessionCredentials session = session(Duration.ofHours(1), "ASIA");
    Duration wanted = Duration.ofMinutes(20);
    Instant last = session.expiration().minus(wanted);
    assertThat(RefreshPolicy.comfortable(session, wanted, last)).isTrue();
    assertThat(RefreshPolicy.comfortable(session, wanted, last.plusMillis(1))).isFalse();
  }

  @Test
  void aShortSessionIsComfortableForHalfItsLife() {
    SessionCredentials session = session(Duration.ofMinutes(15), "ASIA");
    Duration wanted = Duration.ofMinutes(20);
    Instant half = ISSUED.plus(Duration.ofMinutes(15).dividedBy(2));
    assertThat(RefreshPolicy.comfortable(session, wanted, half.minusMillis(1))).isTrue();
    assertThat(RefreshPolicy.comfortable(session, wanted, half)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT10S",
    "3, PT20S",
    "6, PT2M40S",
    "7, PT5M20S",
    "8, PT5M20S",
    "99, PT5M20S"
  })
  void aFailedRefreshIsRetriedAfterADoublingPause(int failures, Duration pause) {
    assertThat(RefreshPolicy.retry(failures, ISSUED)).isEqualTo(ISSUED.plus(pause));
  }

  private static SessionCredentials session(Duration life, String accessKeyId) {
    return new SessionCredentials(
        new AccessKey(accessKeyId, Secret.of("secret")),
        Secret.of("token"),
        ISSUED,
        ISSUED.plus(life),
        Optional.empty(),
        Optional.empty());
  }
}
