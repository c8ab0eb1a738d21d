package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an access token after the login. */
final class AccessTokensTest {
  @TempDir Path folder;
  private SsoFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SsoFixture(folder).loggedIn();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isRenewedBeforeItExpiresAgainAndAgain() {
    for (int hour = 0; hour < 8; hour++) {
      fixture.clock.advance(Duration.ofMinutes(46));
      assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(fixture.center.count("/token")).isEqualTo(1 + 8);
    assertThat(fixture.center.count("/authorize")).isEqualTo(1);
  }

  @Test
  void isNotRenewedTooEarly() {
    fixture.clock.advance(Duration.ofMinutes(44));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/token")).isEqualTo(1);
  }

  @Test
  void isRenewedOnceForManyCallers() throws Exception {
    fixture.clock.advance(Duration.ofMinutes(61));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes =
          IntStream.range(0, 20).mapToObj(_ -> threads.submit(fixture::role)).toList();
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
      }
    }
    assertThat(fixture.center.count("/token")).isEqualTo(2);
  }

  @Test
  void isRenewedInTheBackground() {
    assertThat(fixture.logins.refreshDue())
        .contains(fixture.clock.instant().plus(Duration.ofMinutes(45)));
    fixture.clock.advance(Duration.ofMinutes(45));
    assertThat(fixture.logins.refreshDue()).isEmpty();

    await().until(() -> fixture.center.count("/token") == 2);
    await()
        .untilAsserted(() ->
            assertThat(fixture.logins.refreshDue())
                .contains(fixture.clock.instant().plus(Duration.ofMinutes(45))));
  }

  @Test
  void needsALoginOnceItsRefreshTokenIsRefused() {
    fixture.clock.advance(Duration.ofMinutes(50));
    fixture.center.next("/token", Fault.INVALID_GRANT);

    assertThat(fixture.role()).as("the token still lives").isInstanceOf(Outcome.Issued.class);
    fixture.clock.advance(Duration.ofMinutes(11));
    for (int i = 0; i < 5; i++) {
      assertThat(fixture.role())
          .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.SsoLogin(fixture.session())));
      assertThat(fixture.logins.refreshDue()).isEmpty();
    }
    assertThat(fixture.center.count("/token")).isEqualTo(2);
  }

  @Test
  void survivesAnErrorOfAws() {
    fixture.clock.advance(Duration.ofMinutes(50));
    fixture.center.next("/token", Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/token")).as("one try with its repetitions").isEqualTo(4);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/token")).isEqualTo(5);
  }

  @Test
  void isUnavailableIfItHasExpiredAndAwsDoesNotAnswer() {
    fixture.clock.advance(Duration.ofMinutes(61));
    fixture.center.next("/token", Fault.EMPTY);

    assertThat(fixture.role())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            trouble -> assertThat(trouble.sentence()).contains("check endpoint_url"));
    assertThat(fixture.role()).isInstanceOf(Outcome.Unavailable.class);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void triesAgainAfterAMinuteIfTheClockIsSetBackMeanwhile() {
    fixture.clock.advance(Duration.ofMinutes(61));
    fixture.center.next("/token", Fault.SLOW_DOWN);
    assertThat(fixture.role()).isInstanceOf(Outcome.Unavailable.class);
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.clock.set(Duration.ofSeconds(30).negated());
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void survivesATransientRefusal() {
    fixture.clock.advance(Duration.ofMinutes(61));
    fixture.center.next("/token", Fault.SLOW_DOWN);
    assertThat(fixture.role()).isInstanceOf(Outcome.Unavailable.class);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isKeptInMemoryWithoutAnOpenVaultUntilItIsLocked() {
    fixture.restart();
    fixture.loggedIn();
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    fixture.logins.lock();
    assertThat(fixture.role()).isEqualTo(new Outcome.NeedsPerson(new PersonNeed.Passphrase()));
  }

  @Test
  void isRenewedOnceIfThePortalRejectsIt() {
    fixture.center.forgetTokens();

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/token")).isEqualTo(2);
    assertThat(fixture.center.count("/authorize")).isEqualTo(1);
    fixture.center.forgetTokens();
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.center.count("/token")).as("a renewed token").isEqualTo(2);
  }

  @Test
  void isRenewedLaterIfThePortalRejectsItAndAwsDoesNotAnswer() {
    fixture.center.forgetTokens();
    fixture.center.next("/token", Fault.EMPTY);

    assertThat(fixture.role()).isInstanceOf(Outcome.Unavailable.class);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/authorize")).isEqualTo(1);
  }

  @Test
  void isForgottenIfThePortalRejectsItAndAwsRefusesToRenewIt() {
    fixture.center.forgetTokens();
    fixture.center.next("/token", Fault.INVALID_GRANT);

    assertThat(fixture.role())
        .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.SsoLogin(fixture.session())));
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.center.count("/federation/credentials")).isEqualTo(1);
  }

  @Test
  void namesARoleThatTheUserDoesNotHave() {
    assertThat(fixture.logins.credentials(fixture.session(), "210987654321", "Admin"))
        .isInstanceOfSatisfying(
            Outcome.Denied.class,
            denied ->
                assertThat(denied.sentence())
                    .contains("role Admin in account 210987654321", "ForbiddenException"));
    assertThat(fixture.role()).as("the login lives on").isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void survivesARestartInTheVault() {
    fixture.restart();
    assertThat(fixture.role()).isEqualTo(new Outcome.NeedsPerson(new PersonNeed.Passphrase()));
    assertThat(fixture.logins.status(fixture.session()).place())
        .isEqualTo(LoginStatus.Place.LOCKED);
    fixture.unlock();

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    fixture.clock.advance(Duration.ofMinutes(50));
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.center.count("/token")).as("renewed with what was kept").isEqualTo(2);
  }

  @Test
  void isGoneAfterALogout() {
    assertThat(fixture.logins.logout(fixture.session()).wasLoggedIn()).isTrue();

    assertThat(fixture.center.count("/logout")).isEqualTo(1);
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.logins.status(fixture.session()).place()).isEqualTo(LoginStatus.Place.NONE);
    assertThat(fixture.logins.logout(fixture.session()).wasLoggedIn()).isFalse();
    fixture.loggedIn();
    assertThat(fixture.center.count("/client/register")).as("still registered").isEqualTo(1);
  }

  @Test
  void isForgottenEvenIfAwsRefusesTheLogout() {
    fixture.center.next("/logout", Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(fixture.logins.logout(fixture.session()).trouble())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("HTTP 500"));
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
  }

  @Test
  void isShownWithItsPlace() {
    LoginStatus status = fixture.logins.status(fixture.session());
    assertThat(status.until()).contains(fixture.clock.instant().plus(Duration.ofHours(1)));
    assertThat(status.refreshed()).isTrue();
    assertThat(status.place()).isEqualTo(LoginStatus.Place.VAULT);
  }
}
