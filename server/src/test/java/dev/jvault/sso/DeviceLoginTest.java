package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.StandInIdentityCenter.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins with a code for a browser anywhere. */
final class DeviceLoginTest {
  @TempDir Path folder;
  private SsoFixture desk;

  @BeforeEach
  void sit() {
    desk = new SsoFixture(folder);
  }

  @AfterEach
  void leave() {
    desk.close();
  }

  @Test
  void showsPageAndCodeAndWaitsForThePerson() {
    desk.center.next("/token", Fault.PENDING, Fault.PENDING);
    var person = ScriptedBrowserUser.who();

    assertThat(desk.loginByDevice(desk.session(), person))
        .isInstanceOfSatisfying(
            LoginResult.LoggedIn.class, in -> assertThat(in.refreshed()).isTrue());
    assertThat(person.lines().getFirst())
        .contains("open " + desk.center.endpoint() + "/device and enter the code WXYZ-");
    assertThat(person.addresses().getLast())
        .startsWith(desk.center.endpoint() + "/device?user_code=WXYZ-");
  }

  @Test
  void asksLessOftenWhenItIsToldTo() {
    desk.center.next("/token", Fault.SLOW_DOWN, Fault.SLOW_DOWN, Fault.PENDING);
    var person = ScriptedBrowserUser.who();

    desk.loginByDevice(desk.session(), person);
    assertThat(desk.pauses)
        .startsWith(
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            Duration.ofSeconds(11),
            Duration.ofSeconds(11));
    assertThat(desk.center.count("/token")).isEqualTo(desk.pauses.size());
  }

  @Test
  void isRefusedWhereThePersonSaysNo() {
    desk.center.next("/token", Fault.PENDING, Fault.DENIED);

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.whoGoesNowhere()))
        .isInstanceOfSatisfying(
            LoginResult.Refused.class,
            refused -> assertThat(refused.sentence()).contains("was refused"));
  }

  @Test
  void isGivenUpWhenTheCodeEnds() {
    desk.center.devicesLive(Duration.ofSeconds(10));

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.whoGoesNowhere()))
        .isInstanceOfSatisfying(
            LoginResult.GivenUp.class,
            givenUp -> assertThat(givenUp.sentence()).contains("not entered in time"));
    assertThat(desk.pauses).hasSize(10);
  }

  @Test
  void isGivenUpWhenAwsSaysThatTheCodeHasEnded() {
    desk.center.next("/token", Fault.EXPIRED);

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.whoGoesNowhere()))
        .isInstanceOf(LoginResult.GivenUp.class);
  }

  @Test
  void bearsTroubleThatPasses() {
    desk.center.next("/token", Fault.GARBAGE, Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.who()))
        .isInstanceOf(LoginResult.LoggedIn.class);
  }

  @Test
  void givesUpOnTroubleThatStays() {
    desk.center.next("/token", Fault.EMPTY, Fault.EMPTY, Fault.EMPTY);

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.whoGoesNowhere()))
        .isInstanceOf(LoginResult.Unavailable.class);
  }

  @Test
  void registersAnewWhereAwsHasForgottenTheClient() {
    desk.loginByDevice(desk.session(), ScriptedBrowserUser.who());
    desk.center.forgetClients();

    assertThat(desk.loginByDevice(desk.session(), ScriptedBrowserUser.who()))
        .isInstanceOf(LoginResult.LoggedIn.class);
    assertThat(desk.center.count("/client/register")).isEqualTo(2);
  }

  @Test
  void ofTheOlderFormAsksForNoScopesAndIsNotRenewed() {
    assertThat(desk.loginByDevice(desk.legacy(), ScriptedBrowserUser.who()))
        .isInstanceOfSatisfying(
            LoginResult.LoggedIn.class, in -> assertThat(in.refreshed()).isFalse());
    assertThat(desk.center.requests().getFirst())
        .contains("\"clientName\":\"jvault\"")
        .doesNotContain("scopes", "redirectUris", "grantTypes");
  }
}
