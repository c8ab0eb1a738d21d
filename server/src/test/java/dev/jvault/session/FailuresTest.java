package dev.jvault.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.prompt.Person;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that poll while no session can be had. */
final class FailuresTest {
  private static final Outcome NO_ROUTE = new Outcome.Unavailable("no route");
  private static final Outcome BUSY =
      new Outcome.Unavailable(Outcome.Unavailable.Kind.THROTTLED, "too many requests");
  private static final Person AT_TERMINAL = _ -> Optional.empty();

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

  @Test
  void tenClientsThatHammerAskAnUnreachableStsNineTimesInHalfAMinute() {
    answers(NO_ROUTE, 100);
    hammer(NO_ROUTE);
    assertThat(fixture.sts.calls()).hasSizeBetween(2, 9);
  }

  @Test
  void tenClientsThatHammerAskAThrottlingStsTwiceInHalfAMinute() {
    answers(BUSY, 100);
    hammer(BUSY);
    assertThat(fixture.sts.calls()).hasSize(2);
  }

  @Test
  void aThrottlingStsIsNotAskedForOtherRolesOfTheSameKey() {
    answers(BUSY, 1);
    fixture.sdk(role("a"));
    assertThat(fixture.sdk(role("b"))).isEqualTo(BUSY);
    assertThat(fixture.sts.calls()).containsExactly("AssumeRole a");
    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(fixture.sdk(role("b"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void thePauseOfAThrottlingStsGrowsToEightySeconds() {
    answers(BUSY, 100);
    for (int second = 0; second < 600; second++) {
      fixture.sdk(role("a"));
      fixture.clock.advance(Duration.ofSeconds(1));
    }
    // At 0, 10, 30, 70 s, and then each 80 s.
    assertThat(fixture.sts.calls()).hasSize(10);
  }

  @Test
  void aUserAtATerminalAsksAtOnce() {
    answers(NO_ROUTE, 1);
    fixture.sdk(role("a"));
    assertThat(fixture.verb(role("a"), AT_TERMINAL)).isInstanceOf(Outcome.Issued.class);
    answers(BUSY, 1);
    fixture.sdk(role("b"));
    assertThat(fixture.verb(role("b"), AT_TERMINAL)).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void aSessionIsServedASecondAfterTheNetworkIsBack() {
    answers(NO_ROUTE, 1);
    fixture.sdk(role("a"));
    assertThat(fixture.sdk(role("a"))).isEqualTo(NO_ROUTE);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void anUnlockMakesTheNextPollAsk() {
    answers(BUSY, 1);
    fixture.sdk(role("a"));
    boolean _ = fixture.sessions.unlock(Person.ABSENT, fixture.caller());
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void aFailureIsNotRepeatedLongerIfTheClockIsSetBack() {
    answers(NO_ROUTE, 1);
    fixture.sdk(role("a"));
    fixture.clock.set(Duration.ofHours(-1));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  private void answers(Outcome outcome, int times) {
    for (int n = 0; n < times; n++) {
      fixture.sts.answer(outcome);
    }
  }

  /** Ten clients, each ten times a second, for 28 seconds. */
  private void hammer(Outcome expected) {
    for (int tenth = 0; tenth < 280; tenth++) {
      for (int client = 0; client < 10; client++) {
        assertThat(fixture.sdk(role("a"))).isEqualTo(expected);
      }
      fixture.clock.advance(Duration.ofMillis(100));
    }
  }

  private static Chain role(String role) {
    return new Chain(
        role,
        List.of(new Hop.StoredKey("root"), BrokerFixture.assumed(role, BrokerFixture.STS)),
        Optional.empty());
  }
}
