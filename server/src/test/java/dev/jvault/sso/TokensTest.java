package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.testing.StandInIdentityCenter.Fault;
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

/** The life of a token after the login. */
final class TokensTest {
  @TempDir Path folder;
  private SsoFixture desk;

  @BeforeEach
  void sit() {
    desk = new SsoFixture(folder).loggedIn();
  }

  @AfterEach
  void leave() {
    desk.close();
  }

  @Test
  void isRenewedAheadOfItsEndAgainAndAgain() {
    for (int hour = 0; hour < 8; hour++) {
      desk.clock.advance(Duration.ofMinutes(46));
      assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(desk.center.count("/token")).isEqualTo(1 + 8);
    assertThat(desk.center.count("/authorize")).isEqualTo(1);
  }

  @Test
  void isNotRenewedTooEarly() {
    desk.clock.advance(Duration.ofMinutes(44));
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.center.count("/token")).isEqualTo(1);
  }

  @Test
  void isRenewedOnceForManyWhoAsk() throws Exception {
    desk.clock.advance(Duration.ofMinutes(61));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes =
          IntStream.range(0, 20).mapToObj(_ -> threads.submit(desk::role)).toList();
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
      }
    }
    assertThat(desk.center.count("/token")).isEqualTo(2);
  }

  @Test
  void isRenewedInTheBackground() {
    assertThat(desk.logins.refreshDue())
        .contains(desk.clock.instant().plus(Duration.ofMinutes(45)));
    desk.clock.advance(Duration.ofMinutes(45));
    assertThat(desk.logins.refreshDue()).isEmpty();

    await().until(() -> desk.center.count("/token") == 2);
    await()
        .untilAsserted(() ->
            assertThat(desk.logins.refreshDue())
                .contains(desk.clock.instant().plus(Duration.ofMinutes(45))));
  }

  @Test
  void needsThePersonOnceItsRefreshIsRefused() {
    desk.clock.advance(Duration.ofMinutes(50));
    desk.center.next("/token", Fault.INVALID_GRANT);

    assertThat(desk.role()).as("the token still lives").isInstanceOf(Outcome.Issued.class);
    desk.clock.advance(Duration.ofMinutes(11));
    for (int i = 0; i < 5; i++) {
      assertThat(desk.role())
          .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.SsoLogin(desk.session())));
      assertThat(desk.logins.refreshDue()).isEmpty();
    }
    assertThat(desk.center.count("/token")).isEqualTo(2);
  }

  @Test
  void outlivesATroubleOfAws() {
    desk.clock.advance(Duration.ofMinutes(50));
    desk.center.next("/token", Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.center.count("/token")).as("one try with its repetitions").isEqualTo(4);
    desk.clock.advance(Duration.ofSeconds(61));
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.center.count("/token")).isEqualTo(5);
  }

  @Test
  void isUnavailableWhileItHasEndedAndAwsDoesNotAnswer() {
    desk.clock.advance(Duration.ofMinutes(61));
    desk.center.next("/token", Fault.EMPTY);

    assertThat(desk.role())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            trouble -> assertThat(trouble.sentence()).contains("check endpoint_url"));
    assertThat(desk.role()).isInstanceOf(Outcome.Unavailable.class);
    desk.clock.advance(Duration.ofSeconds(61));
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void outlivesARefusalThatSaysNothingAboutTheLogin() {
    desk.clock.advance(Duration.ofMinutes(61));
    desk.center.next("/token", Fault.SLOW_DOWN);
    assertThat(desk.role()).isInstanceOf(Outcome.Unavailable.class);
    desk.clock.advance(Duration.ofSeconds(61));
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isInMemoryWhereThereIsNoVaultForItUntilThatIsLocked() {
    desk.restart();
    desk.loggedIn();
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    desk.logins.lock();
    assertThat(desk.role()).isEqualTo(new Outcome.NeedsPerson(new PersonNeed.Passphrase()));
  }

  @Test
  void isForgottenWhenThePortalRefusesIt() {
    desk.center.forgetTokens();

    assertThat(desk.role())
        .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.SsoLogin(desk.session())));
    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.center.count("/federation/credentials")).isEqualTo(1);
  }

  @Test
  void namesARoleThatIsNotForThisPerson() {
    assertThat(desk.logins.credentials(desk.session(), "210987654321", "Admin"))
        .isInstanceOfSatisfying(
            Outcome.Denied.class,
            denied ->
                assertThat(denied.sentence())
                    .contains("role Admin in account 210987654321", "ForbiddenException"));
    assertThat(desk.role()).as("the login lives on").isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void survivesTheDaemonInTheVault() {
    desk.restart();
    assertThat(desk.role()).isEqualTo(new Outcome.NeedsPerson(new PersonNeed.Passphrase()));
    assertThat(desk.logins.view(desk.session()).place()).isEqualTo(LoginView.Place.LOCKED);
    desk.unlock();

    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    desk.clock.advance(Duration.ofMinutes(50));
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.center.count("/token")).as("renewed with what was kept").isEqualTo(2);
  }

  @Test
  void isGoneAfterALogout() {
    assertThat(desk.logins.logout(desk.session()).wasLoggedIn()).isTrue();

    assertThat(desk.center.count("/logout")).isEqualTo(1);
    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.logins.view(desk.session()).place()).isEqualTo(LoginView.Place.NONE);
    assertThat(desk.logins.logout(desk.session()).wasLoggedIn()).isFalse();
    desk.loggedIn();
    assertThat(desk.center.count("/client/register")).as("still registered").isEqualTo(1);
  }

  @Test
  void isGoneHereEvenWhenAwsCannotBeTold() {
    desk.center.next("/logout", Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(desk.logins.logout(desk.session()).trouble())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("HTTP 500"));
    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
  }

  @Test
  void isShownWithWhereItIs() {
    LoginView view = desk.logins.view(desk.session());
    assertThat(view.until()).contains(desk.clock.instant().plus(Duration.ofHours(1)));
    assertThat(view.refreshed()).isTrue();
    assertThat(view.place()).isEqualTo(LoginView.Place.VAULT);
  }
}
