package dev.jvault.session;

import static dev.jvault.session.Desk.SERIAL;
import static dev.jvault.session.Desk.needsCode;
import static dev.jvault.session.Desk.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.testing.StandInProgram;
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

/** Windows that come up where no terminal waits: when, how often, and when not. */
final class WindowsTest {
  private static final String OTHER = "arn:aws:iam::123456789012:mfa/other";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder, KeySource.KEYRING).withDisplay();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void anSdkIsAnsweredAtOnceAndServedAfterTheCode() throws Exception {
    StandInProgram zenity = waitingFor("go", "echo 123456");
    for (int poll = 0; poll < 50; poll++) {
      assertThat(desk.sdk(role("role-" + poll % 5))).isEqualTo(needsCode(SERIAL));
    }
    await().until(() -> zenity.starts() == 1);
    answer("go");
    await().until(() -> desk.sdk(role("role-0")) instanceof Outcome.Issued);
    for (int role = 0; role < 5; role++) {
      assertThat(desk.sdk(role("role-" + role))).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(zenity.starts()).isEqualTo(1);
    assertThat(desk.sts.calls())
        .filteredOn(call -> call.startsWith("GetSessionToken"))
        .containsExactly("GetSessionToken 123456");
  }

  @Test
  void theSessionIsThereBeforeTheClientsNextTry() {
    desk.program("zenity", "echo 123456");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> desk.sts.calls().contains("AssumeRole a"));
  }

  @Test
  void nobodyIsDisturbedWithoutADisplay() {
    desk.with("DISPLAY", "");
    StandInProgram zenity = desk.program("zenity", "echo 123456");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    settle();
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void aRefusalIsRememberedForTenMinutes() {
    StandInProgram zenity = desk.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    desk.clock.advance(Duration.ofMinutes(9));
    poll();
    assertThat(zenity.starts()).isEqualTo(1);
    desk.clock.advance(Duration.ofMinutes(1));
    pollUntil(zenity, 2);
  }

  @Test
  void unlockEndsARefusal() {
    StandInProgram zenity = desk.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    assertThat(desk.sessions.unlock(Typist.script(), desk.caller())).isTrue();
    pollUntil(zenity, 2);
  }

  @Test
  void aQuestionAtATerminalEndsARefusal() {
    StandInProgram zenity = desk.program("zenity", "exit 1");
    pollUntil(zenity, 1);
    assertThat(desk.verb(role("a"), Typist.typing())).isEqualTo(needsCode(SERIAL));
    pollUntil(zenity, 2);
  }

  @Test
  void aWindowComesUpOnceAMinuteAtMost() {
    StandInProgram zenity = desk.program("zenity", "echo 12345$(grep -c . \"$notes/starts\")");
    desk.sts.answer(new Outcome.Unavailable("no route"));
    pollUntil(zenity, 1);
    await().until(() -> desk.sts.calls().size() == 1);
    desk.clock.advance(Duration.ofSeconds(59));
    poll();
    assertThat(zenity.starts()).isEqualTo(1);
    desk.clock.advance(Duration.ofSeconds(1));
    pollUntil(zenity, 2);
  }

  @Test
  void aWrongCodeIsAskedForAgainThriceAndThenNotForTenMinutes() {
    desk.sts.answer(Desk.wrongCode());
    desk.sts.answer(Desk.wrongCode());
    desk.sts.answer(Desk.wrongCode());
    StandInProgram zenity = desk.program("zenity", "echo 12345$(grep -c . \"$notes/starts\")");
    pollUntil(zenity, 3);
    assertThat(zenity.arguments().getLast()).contains("AWS refused that code.");
    desk.clock.advance(Duration.ofMinutes(9));
    poll();
    assertThat(zenity.starts()).isEqualTo(3);
  }

  @Test
  void oneWindowIsOpenAtATime() throws Exception {
    StandInProgram zenity = waitingFor("go", "echo 123456");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    assertThat(desk.sdk(role("b", OTHER, Optional.empty()))).isEqualTo(needsCode(OTHER));
    settle();
    assertThat(zenity.starts()).isEqualTo(1);
    answer("go");
    await().until(() -> desk.sdk(role("a")) instanceof Outcome.Issued);
    await().until(() -> desk.sdk(role("b", OTHER, Optional.empty())) instanceof Outcome.Issued);
    assertThat(zenity.starts()).isEqualTo(2);
  }

  @Test
  void aWindowGivesWayToATerminal() {
    StandInProgram zenity = waitingFor("never", "echo 111111");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    Typist person = Typist.typing("123456");
    assertThat(desk.verb(role("b"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions).hasSize(1);
    await().until(() -> zenity.process().isEmpty());
    assertThat(desk.sts.calls()).contains("GetSessionToken 123456");
  }

  @Test
  void aWindowGivesWayToACodeThatCameWithACommand() {
    StandInProgram zenity = waitingFor("never", "echo 111111");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    await().until(() -> zenity.starts() == 1);
    assertThat(desk.verb(role("b"), Typist.holding("123456"))).isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aGivenCodeComesBeforeTheNamedDriver() {
    desk.with("AWS_VAULT_PROMPT", "zenity");
    StandInProgram zenity = desk.program("zenity", "echo 111111");
    assertThat(desk.verb(role("a"), Typist.holding("123456"))).isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void aScriptThatWaitsIsServedByAWindow() throws Exception {
    StandInProgram zenity = waitingFor("go", "echo 123456");
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < 10; caller++) {
      String role = "role-" + caller;
      waiting.add(desk.executor().submit(() -> desk.verb(role(role), Typist.script())));
    }
    await().until(() -> zenity.starts() == 1);
    answer("go");
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aScriptWhoseWindowWasClosedRaisesNoOther() {
    StandInProgram zenity = desk.program("zenity", "exit 1");
    Typist script = Typist.script();
    assertThat(desk.verb(role("a"), script)).isEqualTo(needsCode(SERIAL));
    assertThat(script.told).containsExactly("zenity ended with status 1");
    assertThat(desk.verb(role("a"), script)).isEqualTo(needsCode(SERIAL));
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aScriptWaitsForTheTerminalThatItsWindowGaveWayTo() throws Exception {
    StandInProgram zenity = waitingFor("never", "echo 111111");
    Future<Outcome> script = desk.executor().submit(() -> desk.verb(role("a"), Typist.script()));
    await().until(() -> zenity.starts() == 1);
    assertThat(desk.verb(role("b"), Typist.typing("123456"))).isInstanceOf(Outcome.Issued.class);
    assertThat(script.get()).isInstanceOf(Outcome.Issued.class);
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void whoWantsTheTerminalOnlyGetsNoWindow() {
    desk.with("AWS_VAULT_PROMPT", "terminal");
    StandInProgram zenity = desk.program("zenity", "echo 123456");
    assertThat(desk.verb(role("a"), Typist.script())).isEqualTo(needsCode(SERIAL));
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
    settle();
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void aPassphraseIsAskedForInTheSameWay() {
    desk.close();
    desk = new Desk(folder.resolve("other"), KeySource.PASSPHRASE).withDisplay();
    desk.restart();
    StandInProgram zenity = desk.program("zenity", "echo open sesame");
    desk.with("AWS_VAULT_PROMPT", "");
    var needed = new Outcome.NeedsPerson(new PersonNeed.Passphrase());
    assertThat(desk.sdk(role("a"))).isEqualTo(needed);
    await().until(() -> desk.vault.unlocked());
    assertThat(zenity.arguments().getLast()).isEqualTo("--text=Passphrase of the jvault vault:");
    assertThat(zenity.starts()).isEqualTo(1);
  }

  @Test
  void aLoginIsRaisedUnderTheSameLimits() {
    assertThat(desk.sdk(Desk.sso())).isInstanceOf(Outcome.NeedsPerson.class);
    await().until(() -> desk.logins.get() == 1);
    settle();
    desk.clock.advance(Duration.ofMinutes(9));
    assertThat(desk.sdk(Desk.sso())).isInstanceOf(Outcome.NeedsPerson.class);
    settle();
    assertThat(desk.logins).hasValue(1);
    desk.loginSucceeds = true;
    desk.clock.advance(Duration.ofMinutes(1));
    await().until(() -> desk.sdk(Desk.sso()) instanceof Outcome.Issued);
    assertThat(desk.logins).hasValue(2);
  }

  /** A window that stays open until it is answered. */
  private StandInProgram waitingFor(String signal, String answer) {
    return desk.program(
        "zenity",
        "while [ ! -e '%s' ]; do sleep 0.05; done; %s".formatted(folder.resolve(signal), answer));
  }

  private void answer(String signal) throws Exception {
    Files.createFile(folder.resolve(signal));
  }

  private void pollUntil(StandInProgram zenity, int starts) {
    await()
        .until(() -> {
          var _ = desk.sdk(role("a"));
          return zenity.starts() == starts;
        });
    settle();
  }

  private void poll() {
    for (int poll = 0; poll < 20; poll++) {
      var _ = desk.sdk(role("a"));
    }
    settle();
  }

  /** What should not happen has had its chance. */
  private static void settle() {
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
  }
}
