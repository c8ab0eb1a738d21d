package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with a code for a browser on any device. */
final class DeviceLoginTest {
  @TempDir Path folder;
  private SsoFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SsoFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void showsThePageAndTheCodeAndWaitsForTheUser() {
    fixture.center.next("/token", Fault.PENDING, Fault.PENDING);
    var person = ScriptedBrowserUser.whoOpensPages();

    assertThat(fixture.loginByDevice(fixture.session(), person))
        .isInstanceOfSatisfying(
            LoginResult.LoggedIn.class, in -> assertThat(in.refreshed()).isTrue());
    assertThat(person.lines().getFirst())
        .contains("open " + fixture.center.endpoint() + "/device and enter the code WXYZ-");
    assertThat(person.addresses().getLast())
        .startsWith(fixture.center.endpoint() + "/device?user_code=WXYZ-");
  }

  @Test
  @Attack("login-command-line")
  void givesABrowserOfThisMachineNoCodeInItsCommandLine() throws IOException {
    Path browser = folder.resolve("a-browser");
    Files.writeString(browser, "#!/bin/sh\nprintf '%s' \"$1\" > '" + folder + "/seen'\n");
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
    var person = ScriptedBrowserUser.whoOpensPages();

    assertThat(fixture.loginByDevice(fixture.session(), person, browser))
        .isInstanceOf(LoginResult.LoggedIn.class);
    assertThat(Files.readString(folder.resolve("seen")))
        .matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}")
        .isNotEqualTo(person.addresses().getLast());
    assertThat(person.addresses().getLast())
        .as("what a terminal that opens it shows in a command line")
        .matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}");
    assertThat(person.lines().getFirst()).contains("/device and enter the code WXYZ-");
  }

  @Test
  void pollsLessOftenIfAwsAsksForIt() {
    fixture.center.next("/token", Fault.SLOW_DOWN, Fault.SLOW_DOWN, Fault.PENDING);
    var person = ScriptedBrowserUser.whoOpensPages();

    fixture.loginByDevice(fixture.session(), person);
    assertThat(fixture.pauses)
        .startsWith(
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            Duration.ofSeconds(11),
            Duration.ofSeconds(11));
    assertThat(fixture.center.count("/token")).isEqualTo(fixture.pauses.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {61, Integer.MAX_VALUE})
  @Attack("wrong-answers")
  void waitsAMinuteAtMostWhateverTheServerSays(int interval) {
    fixture.center.devicesWait(interval);
    fixture.center.next("/token", Fault.SLOW_DOWN, Fault.SLOW_DOWN);

    fixture.within(Duration.ofMinutes(5));
    fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoOpensPages());
    assertThat(fixture.pauses).hasSize(3).containsOnly(Duration.ofMinutes(1));
  }

  @Test
  @Attack("wrong-answers")
  void asksForHalfAnHourAtMostWhateverTheServerSays() {
    fixture.center.devicesLive(Duration.ofDays(365)).devicesWait(60);

    fixture.within(Duration.ofDays(365));
    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOf(LoginResult.GivenUp.class);
    assertThat(fixture.pauses).hasSize(30);
  }

  @Test
  void goesOnIfTheClockIsSetForward() {
    fixture.center.devicesLive(Duration.ofHours(5));
    fixture.center.next("/token", Fault.PENDING, Fault.PENDING);
    fixture.afterPause = () -> fixture.clock.set(Duration.ofHours(1));

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOf(LoginResult.LoggedIn.class);
  }

  @Test
  void endsInTimeIfTheClockIsSetBack() {
    fixture.afterPause = () -> fixture.clock.set(Duration.ofMinutes(1).negated());

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOf(LoginResult.GivenUp.class);
    assertThat(fixture.pauses).hasSize(20);
  }

  @Test
  void isRefusedIfTheUserRefuses() {
    fixture.center.next("/token", Fault.PENDING, Fault.DENIED);

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOfSatisfying(
            LoginResult.Refused.class,
            refused -> assertThat(refused.sentence()).contains("was refused"));
  }

  @Test
  void isGivenUpWhenTheCodeExpires() {
    fixture.center.devicesLive(Duration.ofSeconds(10));

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOfSatisfying(
            LoginResult.GivenUp.class,
            givenUp -> assertThat(givenUp.sentence()).contains("not entered in time"));
    assertThat(fixture.pauses).hasSize(10);
  }

  @Test
  void isGivenUpWhenAwsSaysThatTheCodeHasExpired() {
    fixture.center.next("/token", Fault.EXPIRED);

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOf(LoginResult.GivenUp.class);
  }

  @Test
  void survivesTransientErrors() {
    fixture.center.next("/token", Fault.GARBAGE, Fault.TROUBLE, Fault.TROUBLE, Fault.TROUBLE);

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOf(LoginResult.LoggedIn.class);
  }

  @Test
  void givesUpOnPermanentErrors() {
    fixture.center.next("/token", Fault.EMPTY, Fault.EMPTY, Fault.EMPTY);

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOf(LoginResult.Unavailable.class);
  }

  @Test
  void registersAgainIfAwsHasForgottenTheClient() {
    fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoOpensPages());
    fixture.center.forgetClients();

    assertThat(fixture.loginByDevice(fixture.session(), ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOf(LoginResult.LoggedIn.class);
    assertThat(fixture.center.count("/client/register")).isEqualTo(2);
  }

  @Test
  void ofTheOlderFormAsksForNoScopesAndIsNotRenewed() {
    assertThat(fixture.loginByDevice(fixture.legacy(), ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOfSatisfying(
            LoginResult.LoggedIn.class, in -> assertThat(in.refreshed()).isFalse());
    assertThat(fixture.center.requests().getFirst())
        .contains("\"clientName\":\"jvault\"")
        .doesNotContain("scopes", "redirectUris", "grantTypes");
  }
}
