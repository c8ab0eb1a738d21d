package dev.jvault.session;

import static dev.jvault.session.Desk.SERIAL;
import static dev.jvault.session.Desk.needsCode;
import static dev.jvault.session.Desk.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.StandInProgram;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked when callers wait: where, how often, and what becomes of wrong answers. */
final class AttendanceTest {
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder, KeySource.KEYRING);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aHundredCallersOnTenRolesNeedOneCodeAndElevenCalls() throws Exception {
    var asked = new AtomicInteger();
    Person person =
        _ -> {
          asked.incrementAndGet();
          return Optional.of(Secret.of("123456"));
        };
    var start = new CountDownLatch(1);
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < 100; caller++) {
      String role = "role-" + caller % 10;
      waiting.add(
          desk.executor()
              .submit(() -> {
                start.await();
                return desk.verb(role(role), person);
              }));
    }
    start.countDown();
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(asked).hasValue(1);
    assertThat(desk.sts.calls())
        .hasSize(11)
        .startsWith("GetSessionToken 123456")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneCodeServesAWorkingDayOfManyRolesOverARestart() {
    for (int role = 0; role < 10; role++) {
      assertThat(desk.verb(role("role-" + role), Typist.typing("123456")))
          .isInstanceOf(Outcome.Issued.class);
    }
    for (int hour = 0; hour < 11; hour++) {
      desk.clock.advance(Duration.ofHours(1));
      desk.restart();
      for (int role = 0; role < 10; role++) {
        assertThat(desk.sdk(role("role-" + role))).isInstanceOf(Outcome.Issued.class);
      }
    }
    assertThat(desk.sts.calls()).filteredOn(call -> call.startsWith("GetSessionToken")).hasSize(1);
    desk.clock.advance(Duration.ofHours(1));
    assertThat(desk.sdk(role("role-0"))).isEqualTo(needsCode(SERIAL));
  }

  @Test
  void aCodeThatWasUsedIsNotShownToAwsAgain() {
    desk.verb(role("a"), Typist.typing("111111"));
    desk.clock.advance(Duration.ofSeconds(40));
    assertThat(desk.sessions.forget(Optional.empty(), desk.caller(), _ -> true, _ -> true))
        .isPositive();
    Typist person = Typist.typing("111111", "222222");
    assertThat(desk.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions)
        .containsExactly(
            "MFA code for " + SERIAL + ": ",
            "That code was used already; wait for the next one. MFA code for " + SERIAL + ": ");
    assertThat(desk.sts.calls()).filteredOn("GetSessionToken 111111"::equals).hasSize(1);
  }

  @Test
  void aCodeMayComeAgainAfterTwoMinutes() {
    desk.verb(role("a"), Typist.typing("111111"));
    desk.clock.advance(Duration.ofHours(12));
    Typist person = Typist.typing("111111");
    assertThat(desk.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions).hasSize(1);
  }

  @Test
  void anEmptyLineIsNotShownToAws() {
    Typist person = Typist.typing("", "123456");
    assertThat(desk.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions.getLast()).startsWith("Nothing was typed. MFA code");
    assertThat(desk.sts.calls()).first().isEqualTo("GetSessionToken 123456");
  }

  @Test
  void threeWrongCodesAreEnough() {
    desk.sts.answer(Desk.wrongCode());
    desk.sts.answer(Desk.wrongCode());
    desk.sts.answer(Desk.wrongCode());
    Typist person = Typist.typing("1", "2", "3", "4");
    assertThat(desk.verb(role("a"), person)).isEqualTo(Desk.wrongCode());
    assertThat(person.questions).hasSize(3);
    assertThat(person.questions.getLast()).startsWith("AWS refused that code. MFA code");
  }

  @Test
  void whoComesNextIsAskedWhenTheFirstHasGone() throws Exception {
    var asked = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    Person leaving =
        _ -> {
          asked.countDown();
          await().until(() -> leave.getCount() == 0);
          return Optional.empty();
        };
    Future<Outcome> first = desk.executor().submit(() -> desk.verb(role("a"), leaving));
    asked.await();
    Typist next = Typist.typing("123456");
    Future<Outcome> second = desk.executor().submit(() -> desk.verb(role("b"), next));
    await().until(() -> !next.told.isEmpty());
    assertThat(next.questions).isEmpty();
    leave.countDown();
    assertThat(first.get()).isEqualTo(needsCode(SERIAL));
    assertThat(second.get()).isInstanceOf(Outcome.Issued.class);
    assertThat(next.told)
        .containsExactly(
            "waiting for an MFA code of " + SERIAL + ", which is being asked for elsewhere");
  }

  @Test
  void aDeviceIsAskedWhereTheVariableNamesIt() {
    desk.with("AWS_VAULT_PROMPT", "ykman");
    StandInProgram ykman = desk.program("ykman", "echo 123456");
    Typist person = Typist.typing();
    assertThat(desk.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(ykman.arguments()).endsWith("--single", SERIAL);
    assertThat(person.questions).isEmpty();
  }

  @Test
  void theNextCodeOfADeviceIsWaitedFor() {
    desk.with("AWS_VAULT_PROMPT", "ykman");
    StandInProgram ykman =
        desk.program("ykman", "echo 12345$(( $(grep -c . \"$notes/starts\") > 2 ))");
    assertThat(desk.verb(role("a"), Typist.typing())).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.sessions.forget(Optional.empty(), desk.caller(), _ -> true, _ -> true))
        .isPositive();

    Typist person = Typist.typing();
    assertThat(desk.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.told).containsExactly("waiting 25 s for the next code");
    assertThat(desk.clock.instant().getEpochSecond() % 30).isZero();
    assertThat(ykman.starts()).isEqualTo(3);
    assertThat(desk.sts.calls()).contains("GetSessionToken 123450", "GetSessionToken 123451");
  }

  @Test
  void aDeviceThatRepeatsItselfIsNamed() {
    desk.with("AWS_VAULT_PROMPT", "pass");
    desk.program("pass", "echo 123456");
    assertThat(desk.verb(role("a"), Typist.typing())).isInstanceOf(Outcome.Issued.class);
    int _ = desk.sessions.forget(Optional.empty(), desk.caller(), _ -> true, _ -> true);
    assertThat(desk.verb(role("a"), Typist.typing()))
        .isEqualTo(new Outcome.Unavailable("pass gives a code that was used already."));
  }

  @Test
  void theNextCodeOfAnMfaProcessIsWaitedForToo() {
    desk.program("token", "echo 12345$(( $(grep -c . \"$notes/starts\") > 2 ))");
    Optional<String> process = Optional.of("token");
    assertThat(desk.verb(role("a", SERIAL, process), Person.NOBODY))
        .isInstanceOf(Outcome.Issued.class);
    int _ = desk.sessions.forget(Optional.empty(), desk.caller(), _ -> true, _ -> true);
    assertThat(desk.verb(role("a", SERIAL, process), Person.NOBODY))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(desk.sts.calls()).contains("GetSessionToken 123450", "GetSessionToken 123451");
  }

  @Test
  void aCodeForACallOfItsOwnIsSpentToo() {
    Typist person = Typist.typing("123456");
    var device = new MfaDevice(SERIAL, Optional.empty());
    assertThat(desk.sessions.code(device, desk.caller(), person)).contains(Secret.of("123456"));
    Typist next = Typist.typing("123456", "654321");
    assertThat(desk.sessions.code(device, desk.caller(), next)).contains(Secret.of("654321"));
    assertThat(next.questions).hasSize(2);
    assertThat(desk.sessions.code(device, desk.caller(), Person.NOBODY)).isEmpty();
  }

  @Test
  void theDevicesOwnCommandGivesTheCodeOfSuchACall() {
    assertThat(
            desk.sessions.code(
                new MfaDevice(SERIAL, Optional.of("echo 424242")), desk.caller(), Person.NOBODY))
        .contains(Secret.of("424242"));
    assertThatThrownBy(() ->
            desk.sessions.code(
                new MfaDevice(SERIAL, Optional.of("exit 3")), desk.caller(), Person.NOBODY))
        .isInstanceOf(JvaultException.class)
        .hasMessage("The mfa_process `exit 3` ended with status 3.");
  }

  @Test
  void aDriverThatDoesNotExistIsNamedToWhoeverWaits() {
    desk.with("AWS_VAULT_PROMPT", "zenty");
    assertThatThrownBy(() -> desk.verb(role("a"), Typist.typing("123456")))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("zenty");
    assertThat(desk.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
  }

  @Test
  void aLoginIsDoneOnceForAllWhoWait() throws Exception {
    desk.loginSucceeds = true;
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < 20; caller++) {
      waiting.add(desk.executor().submit(() -> desk.verb(Desk.sso(), Typist.typing())));
    }
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(desk.logins).hasValue(1);
  }

  @Test
  void nobodyLogsInWithoutATerminalOrADisplay() {
    assertThat(desk.verb(Desk.sso(), Typist.script())).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.logins).hasValue(0);
    desk.withDisplay();
    desk.loginSucceeds = true;
    assertThat(desk.verb(Desk.sso(), Typist.script())).isInstanceOf(Outcome.Issued.class);
  }
}
