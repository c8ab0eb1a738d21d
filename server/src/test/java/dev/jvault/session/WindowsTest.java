package dev.jvault.session;

import static dev.jvault.session.BrokerFixture.SERIAL;
import static dev.jvault.session.BrokerFixture.needsCode;
import static dev.jvault.session.BrokerFixture.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import dev.jvault.vault.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that ask for SDK requests and scripts: when they appear, and how often. */
final class WindowsTest {
  private static final String OTHER = "arn:aws:iam::123456789012:mfa/other";

  @TempDir Path folder;
  private BrokerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new BrokerFixture(folder, KeySource.KEYRING).withDisplay();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anSdkIsAnsweredAtOnceAndServedAfterTheCode() throws Exception {
    FakeProgram zenity = waitingFor("go", "echo 123456");
    for (int poll = 0; poll < 50; poll++) {
      assertThat(fixture.sdk(role("role-" + poll % 5))).isEqualTo(needsCode(SERIAL));
    }
    await().until(() -> zenity.starts() == 1);
    answer("go");
    await().until(() -> fixture.sdk(role("role-0")) instanceof Outcome.Issued);
    for (int role = 0; role < 5; role++) {
      assertThat(fixture.sdk(role("role-" + role))).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(zenity.starts()).isEqualTo(1);
    assertThat(fixture.sts.calls())
        .filteredOn(call -> call.startsWith("GetSessionToken"))
        .containsExactly("GetSessionToken 123456");
  }

  @Test
  void theSessionIsReadyBeforeTheSdksNextTry() {
    fixture.program("zenity", "echo 123456");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> fixture.sts.calls().contains("AssumeRole a"));
  }

  @Test
  void noWindowIsOpenedWithoutADisplay() {
    fixture.with("DISPLAY", "");
    FakeProgram zenity = fixture.program("zenity", "echo 123456");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    settle();
    assertThat(zenity.starts()).isZero();
  }

  @Test
  @Attack("prompts")
  void aClosedWindowIsNotShownAgainForTenMinutes() {
    FakeProgram zenity = fixture.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    fixture.clock.advance(Duration.ofMinutes(9));
    poll();
    assertThat(zenity.starts()).isEqualTo(1);
    fixture.clock.advance(Duration.ofMinutes(1));
    pollUntil(zenity, 2);
  }

  @Test
  void unlockAllowsAWindowAgain() {
    FakeProgram zenity = fixture.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    assertThat(fixture.sessions.unlock(ScriptedPerson.script(), fixture.caller())).isTrue();
    pollUntil(zenity, 2);
  }

  @Test
  void aQuestionAtATerminalAllowsAWindowAgain() {
    FakeProgram zenity = fixture.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing())).isEqualTo(needsCode(SERIAL));
    pollUntil(zenity, 2);
  }

  @Test
  @Attack("prompts")
  void aWindowAppearsOnceAMinuteAtMost() {
    FakeProgram zenity = fixture.program("zenity", "echo 12345$(grep -c . \"$notes/starts\")");
    fixture.sts.answer(new Outcome.Unavailable("no route"));
    pollUntil(zenity, 1);
    await().until(() -> fixture.sts.calls().size() == 1);
    fixture.clock.advance(Duration.ofSeconds(59));
    poll();
    assertThat(zenity.starts()).isEqualTo(1);
    fixture.clock.advance(Duration.ofSeconds(1));
    pollUntil(zenity, 2);
  }

  @Test
  @Attack("prompts")
  void afterThreeWrongCodesNoWindowAppearsForTenMinutes() {
    fixture.sts.answer(BrokerFixture.wrongCode());
    fixture.sts.answer(BrokerFixture.wrongCode());
    fixture.sts.answer(BrokerFixture.wrongCode());
    FakeProgram zenity = fixture.program("zenity", "echo 12345$(grep -c . \"$notes/starts\")");
    pollUntil(zenity, 3);
    assertThat(zenity.arguments().getLast()).contains("AWS refused that code.");
    fixture.clock.advance(Duration.ofMinutes(9));
    poll();
    assertThat(zenity.starts()).isEqualTo(3);
  }

  @Test
  @Attack("prompts")
  void oneWindowIsOpenAtATime() throws Exception {
    FakeProgram zenity = waitingFor("go", "echo 123456");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    assertThat(fixture.sdk(role("b", OTHER, Optional.empty()))).isEqualTo(needsCode(OTHER));
    settle();
    assertThat(zenity.starts()).isEqualTo(1);
    answer("go");
    await().until(() -> fixture.sdk(role("a")) instanceof Outcome.Issued);
    await().until(() -> fixture.sdk(role("b", OTHER, Optional.empty())) instanceof Outcome.Issued);
    assertThat(zenity.starts()).isEqualTo(2);
  }

  @Test
  void aWindowGivesWayToATerminal() {
    FakeProgram zenity = waitingFor("never", "echo 111111");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    ScriptedPerson person = ScriptedPerson.typing("123456");
    assertThat(fixture.verb(role("b"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions).hasSize(1);
    await().until(() -> zenity.process().isEmpty());
    assertThat(fixture.sts.calls()).contains("GetSessionToken 123456");
  }

  @Test
  void aWindowGivesWayToACodeThatCameWithACommand() {
    FakeProgram zenity = waitingFor("never", "echo 111111");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    assertThat(fixture.verb(role("b"), ScriptedPerson.holding("123456")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aGivenCodeIsPreferredToTheNamedDriver() {
    fixture.with("AWS_VAULT_PROMPT", "zenity");
    FakeProgram zenity = fixture.program("zenity", "echo 111111");
    assertThat(fixture.verb(role("a"), ScriptedPerson.holding("123456")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void aWindowServesScriptsThatWait() throws Exception {
    FakeProgram zenity = waitingFor("go", "echo 123456");
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < 10; caller++) {
      String role = "role-" + caller;
      waiting.add(
          fixture.executor().submit(() -> fixture.verb(role(role), ScriptedPerson.script())));
    }
    await().until(() -> zenity.starts() == 1);
    answer("go");
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aScriptWhoseWindowWasClosedOpensNoOther() {
    FakeProgram zenity = fixture.program("zenity", "exit 1");
    ScriptedPerson script = ScriptedPerson.script();
    assertThat(fixture.verb(role("a"), script)).isEqualTo(needsCode(SERIAL));
    assertThat(script.told).containsExactly("zenity ended with status 1");
    assertThat(fixture.verb(role("a"), script)).isEqualTo(needsCode(SERIAL));
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aScriptIsServedByTheTerminalThatItsWindowGaveWayTo() throws Exception {
    FakeProgram zenity = waitingFor("never", "echo 111111");
    Future<Outcome> script =
        fixture.executor().submit(() -> fixture.verb(role("a"), ScriptedPerson.script()));
    await().until(() -> zenity.starts() == 1);
    assertThat(fixture.verb(role("b"), ScriptedPerson.typing("123456")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(script.get()).isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void noWindowAppearsIfOnlyTheTerminalIsWanted() {
    fixture.with("AWS_VAULT_PROMPT", "terminal");
    FakeProgram zenity = fixture.program("zenity", "echo 123456");
    assertThat(fixture.verb(role("a"), ScriptedPerson.script())).isEqualTo(needsCode(SERIAL));
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    settle();
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void aWindowAsksForThePassphraseToo() {
    fixture.close();
    fixture = new BrokerFixture(folder.resolve("other"), KeySource.PASSPHRASE).withDisplay();
    fixture.restart();
    FakeProgram zenity = fixture.program("zenity", "echo open sesame");
    fixture.with("AWS_VAULT_PROMPT", "");
    var needed = new Outcome.NeedsPerson(new PersonNeed.Passphrase());
    assertThat(fixture.sdk(role("a"))).isEqualTo(needed);
    await().until(() -> fixture.vault.unlocked());
    assertThat(zenity.arguments().getLast()).isEqualTo("--text=Passphrase of the jvault vault:");
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  @Attack("prompts")
  void aLoginInABrowserHasTheSameLimits() {
    assertThat(fixture.sdk(BrokerFixture.sso())).isInstanceOf(Outcome.NeedsPerson.class);
    await().until(() -> fixture.logins.get() == 1);
    settle();
    fixture.clock.advance(Duration.ofMinutes(9));
    assertThat(fixture.sdk(BrokerFixture.sso())).isInstanceOf(Outcome.NeedsPerson.class);
    settle();
    assertThat(fixture.logins).hasValue(1);
    fixture.loginSucceeds = true;
    fixture.clock.advance(Duration.ofMinutes(1));
    await().until(() -> fixture.sdk(BrokerFixture.sso()) instanceof Outcome.Issued);
    assertThat(fixture.logins).hasValue(2);
  }

  /** A window that stays open until the test answers it. */
  private FakeProgram waitingFor(String signal, String answer) {
    return fixture.program(
        "zenity",
        "while [ ! -e '%s' ]; do sleep 0.05; done; %s".formatted(folder.resolve(signal), answer));
  }

  private void answer(String signal) throws Exception {
    Files.createFile(folder.resolve(signal));
  }

  private void pollUntil(FakeProgram zenity, int starts) {
    await()
        .until(() -> {
          var _ = fixture.sdk(role("a"));
          return zenity.starts() == starts;
        });
    settle();
  }

  private void poll() {
    for (int poll = 0; poll < 20; poll++) {
      var _ = fixture.sdk(role("a"));
    }
    settle();
  }

  /** Waits, so that what should not happen would have happened. */
  private static void settle() {
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
  }
}
