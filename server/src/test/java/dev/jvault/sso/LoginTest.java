package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeIdentityCenter;
import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins in a browser on this machine. */
final class LoginTest {
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
  void obtainsTheCredentialsOfRoles() {
    assertThat(fixture.login(ScriptedBrowserUser.whoOpensPages()))
        .isEqualTo(
            new LoginResult.LoggedIn(fixture.clock.instant().plus(Duration.ofHours(1)), true));

    assertThat(fixture.role())
        .isInstanceOfSatisfying(
            Outcome.Issued.class,
            issued -> {
              assertThat(issued.credentials().accountId()).contains(SsoFixture.ACCOUNT);
              assertThat(issued.credentials().roleArn()).isEmpty();
              assertThat(issued.credentials().token().reveal()).contains("canary-sso-session");
            });
  }

  @Test
  void registersAClientAsTheAwsCliDoes() {
    fixture.loggedIn();

    assertThat(fixture.center.requests().getFirst())
        .startsWith("POST /client/register ")
        .contains(
            "\"clientName\":\"jvault-corp\"",
            "\"clientType\":\"public\"",
            "\"scopes\":[\"sso:account:access\"]",
            "\"redirectUris\":[\"http://127.0.0.1/oauth/callback\"]",
            "\"grantTypes\":[\"authorization_code\",\"refresh_token\"]",
            "\"issuerUrl\":\"https://corp.awsapps.com/start\"");
  }

  @Test
  void sendsTheBrowserToThePageWithTheParametersOfTheAwsCli() {
    var person = ScriptedBrowserUser.whoOpensPages();
    fixture.login(person);

    assertThat(person.addresses())
        .singleElement()
        .asString()
        .matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}");
    assertThat(fixture.center.queries("/authorize"))
        .singleElement()
        .asString()
        .matches(
            "response_type=code&client_id=client-1"
                + "&redirect_uri=http%3A%2F%2F127\\.0\\.0\\.1%3A\\d+%2Foauth%2Fcallback"
                + "&state=[A-Za-z0-9_-]{64}&code_challenge_method=S256"
                + "&scopes=sso%3Aaccount%3Aaccess&code_challenge=[A-Za-z0-9_-]{43}");
    await().until(() -> person.statuses().equals(List.of(200)));
  }

  @Test
  void isSharedByTwentyCallers() throws Exception {
    var people = Stream.generate(ScriptedBrowserUser::whoIgnoresPages).limit(20).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<LoginResult>> results =
          people.stream()
              .map(person -> threads.submit((Callable<LoginResult>) () -> fixture.login(person)))
              .toList();
      await().until(() -> people.stream().allMatch(person -> person.addresses().size() == 1));
      ScriptedBrowserUser.visit(people.getFirst().addresses().getFirst());
      for (Future<LoginResult> result : results) {
        assertThat(result.get()).isInstanceOf(LoginResult.LoggedIn.class);
      }
    }
    assertThat(people.stream().flatMap(person -> person.addresses().stream()).distinct())
        .hasSize(1);
    assertThat(fixture.center.count("/client/register")).isEqualTo(1);
    assertThat(fixture.center.count("/authorize")).isEqualTo(1);
    assertThat(fixture.center.count("/token")).isEqualTo(1);
  }

  @Test
  @Attack("login-redirect")
  void ignoresAResponseWithAnotherState() {
    fixture.center.confuseState();
    var person = ScriptedBrowserUser.whoLeavesAfterAPage();

    assertThat(fixture.login(person)).isInstanceOf(LoginResult.GivenUp.class);
    assertThat(person.statuses()).containsExactly(400);
    assertThat(fixture.center.count("/token")).isZero();
  }

  @Test
  void isRefusedIfTheUserRefuses() {
    fixture.center.refuse();

    assertThat(fixture.login(ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOfSatisfying(
            LoginResult.Refused.class,
            refused -> assertThat(refused.sentence()).contains("corp was refused on its page"));
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
  }

  @Test
  void isGivenUpIfTheUserDoesNotLogInInTime() {
    fixture.within(Duration.ofMillis(200));

    assertThat(fixture.login(ScriptedBrowserUser.whoIgnoresPages()))
        .isInstanceOfSatisfying(
            LoginResult.GivenUp.class,
            givenUp -> assertThat(givenUp.sentence()).contains("jvault sso login corp"));
  }

  @Test
  void endsWhenNoCallerWaitsAnyLonger() throws Exception {
    var gone = ScriptedBrowserUser.whoIgnoresPages();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<LoginResult> first = threads.submit(() -> fixture.login(gone));
      await().until(() -> gone.addresses().size() == 1);
      gone.leave();
      assertThat(first.get()).isInstanceOf(LoginResult.GivenUp.class);
    }
    await().until(() -> ScriptedBrowserUser.visit(gone.addresses().getFirst()) == -1);

    var next = ScriptedBrowserUser.whoOpensPages();
    assertThat(fixture.login(next)).isInstanceOf(LoginResult.LoggedIn.class);
    assertThat(next.addresses()).doesNotContainAnyElementsOf(gone.addresses());
  }

  @Test
  void goesOnWhileAnotherCallerWaits() throws Exception {
    var gone = ScriptedBrowserUser.whoIgnoresPages();
    var patient = ScriptedBrowserUser.whoIgnoresPages();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<LoginResult> first = threads.submit(() -> fixture.login(gone));
      await().until(() -> gone.addresses().size() == 1);
      Future<LoginResult> second = threads.submit(() -> fixture.login(patient));
      await().until(() -> patient.addresses().size() == 1);
      gone.leave();
      assertThat(first.get()).isInstanceOf(LoginResult.GivenUp.class);
      ScriptedBrowserUser.visit(patient.addresses().getFirst());
      assertThat(second.get()).isInstanceOf(LoginResult.LoggedIn.class);
    }
  }

  @Test
  void keepsItsRegistrationUntilItExpires() {
    fixture.center.clientsLive(Duration.ofDays(2));
    fixture.loggedIn().loggedIn();
    assertThat(fixture.center.count("/client/register")).isEqualTo(1);

    fixture.clock.advance(Duration.ofDays(2).minusMinutes(30));
    fixture.loggedIn();
    assertThat(fixture.center.count("/client/register")).isEqualTo(2);
  }

  @Test
  void registersAgainIfAwsHasForgottenTheClient() {
    fixture.loggedIn();
    fixture.center.next("/token", Fault.INVALID_CLIENT);
    var person = ScriptedBrowserUser.whoOpensPages();

    assertThat(fixture.login(person)).isInstanceOf(LoginResult.LoggedIn.class);
    assertThat(person.addresses()).hasSize(2);
    assertThat(fixture.center.count("/client/register")).isEqualTo(2);
  }

  @Test
  void saysWhatAwsRejects() {
    fixture.center.next("/token", Fault.INVALID_GRANT);
    assertThat(fixture.login(ScriptedBrowserUser.whoOpensPages()))
        .isInstanceOfSatisfying(
            LoginResult.Refused.class,
            refused -> assertThat(refused.sentence()).contains("did not accept the code"));
  }

  @Test
  void saysThatAwsIsUnavailable() {
    for (Fault fault : List.of(Fault.TROUBLE, Fault.TOO_MANY)) {
      fixture.center.next("/client/register", fault, fault, fault);
      assertThat(fixture.login(ScriptedBrowserUser.whoOpensPages()))
          .isInstanceOfSatisfying(
              LoginResult.Unavailable.class,
              trouble -> assertThat(trouble.sentence()).contains("127.0.0.1").contains("again"));
    }
  }

  @Test
  @Attack("wrong-answers")
  void saysThatAnotherServerAnswers() {
    for (Fault fault : List.of(Fault.GARBAGE, Fault.EMPTY)) {
      fixture.center.next("/client/register", fault, fault, fault);
      assertThat(fixture.login(ScriptedBrowserUser.whoOpensPages()))
          .isInstanceOfSatisfying(
              LoginResult.Unavailable.class,
              trouble -> assertThat(trouble.sentence()).contains("check endpoint_url"));
    }
  }

  @Test
  @Attack("login-redirect")
  void showsNoSecret() {
    var person = ScriptedBrowserUser.whoOpensPages();
    fixture.login(person);
    Outcome role = fixture.role();

    assertThat(person.lines().toString()).doesNotContain(FakeIdentityCenter.CANARY);
    assertThat(role.toString()).doesNotContain(FakeIdentityCenter.CANARY);
    assertThat(fixture.logins.status(fixture.session()).toString())
        .doesNotContain(FakeIdentityCenter.CANARY);
  }
}
