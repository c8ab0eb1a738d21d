package dev.jvault.session;

import static dev.jvault.session.BrokerFixture.SERIAL;
import static dev.jvault.session.BrokerFixture.needsCode;
import static dev.jvault.session.BrokerFixture.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeProgram;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which caller is asked, where, how often, and what follows a wrong answer. */
final class InteractionBrokerTest {
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
  void aHundredCallersOfTenRolesNeedOneCodeAndElevenCalls() throws Exception {
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
          fixture
              .executor()
              .submit(() -> {
                start.await();
                return fixture.verb(role(role), person);
              }));
    }
    start.countDown();
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(asked).hasValue(1);
    assertThat(fixture.sts.calls())
        .hasSize(11)
        .startsWith("GetSessionToken 123456")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneCodeServesAWorkingDayOfManyRolesOverARestart() {
    for (int role = 0; role < 10; role++) {
      assertThat(fixture.verb(role("role-" + role), ScriptedPerson.typing("123456")))
          .isInstanceOf(Outcome.Issued.class);
    }
    for (int hour = 0; hour < 11; hour++) {
      fixture.clock.advance(Duration.ofHours(1));
      fixture.restart();
      for (int role = 0; role < 10; role++) {
        assertThat(fixture.sdk(role("role-" + role))).isInstanceOf(Outcome.Issued.class);
      }
    }
    assertThat(fixture.sts.calls())
        .filteredOn(call -> call.startsWith("GetSessionToken"))
        .hasSize(1);
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.sdk(role("role-0"))).isEqualTo(needsCode(SERIAL));
  }

  @Test
  void aUsedCodeIsNotSentAgain() {
    fixture.verb(role("a"), ScriptedPerson.typing("111111"));
    fixture.clock.advance(Duration.ofSeconds(40));
    assertThat(fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true))
        .isPositive();
    ScriptedPerson person = ScriptedPerson.typing("111111", "222222");
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions)
        .containsExactly(
            "MFA code for " + SERIAL + ": ",
            "That code has already been used; wait for the next one. MFA code for "
                + SERIAL
                + ": ");
    assertThat(fixture.sts.calls()).filteredOn("GetSessionToken 111111"::equals).hasSize(1);
  }

  @Test
  void aCodeThatWasSentIsAskedForAgainForJustUnderTwoMinutes() {
    fixture.verb(role("a"), ScriptedPerson.typing("111111"));
    int _ = fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true);
    fixture.clock.advance(Duration.ofMinutes(2).minusMillis(1));
    ScriptedPerson person = ScriptedPerson.typing("111111", "222222");
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions.getLast()).startsWith("That code has already been used");
    assertThat(fixture.sts.calls())
        .filteredOn(call -> call.startsWith("GetSessionToken"))
        .containsExactly("GetSessionToken 111111", "GetSessionToken 222222");
  }

  @Test
  void aCodeThatWasSentTwoMinutesAgoIsSentAgain() {
    fixture.verb(role("a"), ScriptedPerson.typing("111111"));
    int _ = fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true);
    fixture.clock.advance(Duration.ofMinutes(2));
    ScriptedPerson person = ScriptedPerson.typing("111111");
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions).hasSize(1);
    assertThat(fixture.sts.calls())
        .filteredOn(call -> call.startsWith("GetSessionToken"))
        .containsExactly("GetSessionToken 111111", "GetSessionToken 111111");
  }

  @Test
  void anEmptyLineIsNotSent() {
    ScriptedPerson person = ScriptedPerson.typing("", "123456");
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.questions.getLast()).startsWith("Nothing was typed. MFA code");
    assertThat(fixture.sts.calls()).first().isEqualTo("GetSessionToken 123456");
  }

  @Test
  void threeWrongCodesAreEnough() {
    fixture.sts.answer(BrokerFixture.wrongCode());
    fixture.sts.answer(BrokerFixture.wrongCode());
    fixture.sts.answer(BrokerFixture.wrongCode());
    ScriptedPerson person = ScriptedPerson.typing("000001", "000002", "000003", "000004");
    assertThat(fixture.verb(role("a"), person)).isEqualTo(BrokerFixture.wrongCode());
    assertThat(person.questions).hasSize(3);
    assertThat(person.questions.getLast()).startsWith("AWS refused that code. MFA code");
  }

  @Test
  void theNextCallerIsAskedIfTheFirstGivesUp() throws Exception {
    var asked = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    Person leaving =
        _ -> {
          asked.countDown();
          await().until(() -> leave.getCount() == 0);
          return Optional.empty();
        };
    Future<Outcome> first = fixture.executor().submit(() -> fixture.verb(role("a"), leaving));
    asked.await();
    ScriptedPerson next = ScriptedPerson.typing("123456");
    Future<Outcome> second = fixture.executor().submit(() -> fixture.verb(role("b"), next));
    await().until(() -> !next.told.isEmpty());
    assertThat(next.questions).isEmpty();
    leave.countDown();
    assertThat(first.get()).isEqualTo(needsCode(SERIAL));
    assertThat(second.get()).isInstanceOf(Outcome.Issued.class);
    assertThat(next.told)
        .containsExactly(
            "waiting for an MFA code of " + SERIAL + ", which another command asks for");
  }

  @Test
  void anMfaProcessAnswersTheQuestionThatIsOpenElsewhere() throws Exception {
    var open = new CountDownLatch(1);
    Person first = asked(open);
    Future<Outcome> waiting = fixture.executor().submit(() -> fixture.verb(role("a"), first));
    open.await();
    fixture.program("token", "echo 123456");
    assertThat(fixture.verb(role("a", SERIAL, Optional.of("token")), Person.ABSENT))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).filteredOn(call -> call.startsWith("Get")).hasSize(1);
  }

  /** A user who leaves the question open. */
  private static Person asked(CountDownLatch open) {
    return new Person() {
      @Override
      public Optional<Secret> ask(Question question) {
        throw new AssertionError("cannot be withdrawn: " + question);
      }

      @Override
      public Optional<Secret> ask(Question question, CompletableFuture<?> withdrawn) {
        open.countDown();
        withdrawn.join();
        return Optional.empty();
      }
    };
  }

  @Test
  void theWaitOfAnMfaProcessForItsNextCodeIsTold() {
    fixture.program("token", "echo 12345$(( $(grep -c . \"$notes/starts\") > 2 ))");
    var chain = role("a", SERIAL, Optional.of("token"));
    assertThat(fixture.verb(chain, ScriptedPerson.script())).isInstanceOf(Outcome.Issued.class);
    int _ = fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true);
    ScriptedPerson script = ScriptedPerson.script();
    assertThat(fixture.verb(chain, script)).isInstanceOf(Outcome.Issued.class);
    assertThat(script.told)
        .containsExactly(
            "waiting 25 s for the next code of " + SERIAL + ", because its last one has been used");
  }

  @Test
  void aDeviceIsAskedIfTheVariableNamesIt() {
    fixture.with("AWS_VAULT_PROMPT", "ykman");
    FakeProgram ykman = fixture.program("ykman", "echo 123456");
    ScriptedPerson person = ScriptedPerson.typing();
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(ykman.arguments()).endsWith("--single", SERIAL);
    assertThat(person.questions).isEmpty();
  }

  @Test
  void aDeviceThatRepeatsACodeIsAskedAgainInTheNextWindow() {
    fixture.with("AWS_VAULT_PROMPT", "ykman");
    FakeProgram ykman =
        fixture.program("ykman", "echo 12345$(( $(grep -c . \"$notes/starts\") > 2 ))");
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing())).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true))
        .isPositive();

    ScriptedPerson person = ScriptedPerson.typing();
    assertThat(fixture.verb(role("a"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(person.told).containsExactly("waiting 25 s for the next code");
    assertThat(fixture.clock.instant().getEpochSecond() % 30).isZero();
    assertThat(ykman.starts()).isEqualTo(3);
    assertThat(fixture.sts.calls()).contains("GetSessionToken 123450", "GetSessionToken 123451");
  }

  @Test
  void aDeviceThatRepeatsACodeTwiceIsNamed() {
    fixture.with("AWS_VAULT_PROMPT", "pass");
    fixture.program("pass", "echo 123456");
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing())).isInstanceOf(Outcome.Issued.class);
    int _ = fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true);
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing()))
        .isEqualTo(new Outcome.Unavailable("pass gave a code that has already been used."));
  }

  @Test
  void anMfaProcessThatRepeatsACodeIsAskedAgainInTheNextWindow() {
    fixture.program("token", "echo 12345$(( $(grep -c . \"$notes/starts\") > 2 ))");
    Optional<String> process = Optional.of("token");
    assertThat(fixture.verb(role("a", SERIAL, process), Person.ABSENT))
        .isInstanceOf(Outcome.Issued.class);
    int _ = fixture.sessions.forget(Optional.empty(), fixture.caller(), _ -> true, _ -> true);
    assertThat(fixture.verb(role("a", SERIAL, process), Person.ABSENT))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).contains("GetSessionToken 123450", "GetSessionToken 123451");
  }

  @Test
  void aCodeForACallOutsideAChainIsSpentToo() {
    ScriptedPerson person = ScriptedPerson.typing("123456");
    var device = new MfaDevice(SERIAL, Optional.empty());
    assertThat(fixture.sessions.code(device, fixture.caller(), person))
        .contains(Secret.of("123456"));
    ScriptedPerson next = ScriptedPerson.typing("123456", "654321");
    assertThat(fixture.sessions.code(device, fixture.caller(), next)).contains(Secret.of("654321"));
    assertThat(next.questions).hasSize(2);
    assertThat(fixture.sessions.code(device, fixture.caller(), Person.ABSENT)).isEmpty();
  }

  @Test
  void theMfaProcessGivesTheCodeForACallOutsideAChain() {
    assertThat(
            fixture.sessions.code(
                new MfaDevice(SERIAL, Optional.of("echo 424242")), fixture.caller(), Person.ABSENT))
        .contains(Secret.of("424242"));
    assertThatThrownBy(() ->
            fixture.sessions.code(
                new MfaDevice(SERIAL, Optional.of("exit 3")), fixture.caller(), Person.ABSENT))
        .isInstanceOf(JvaultException.class)
        .hasMessage("The mfa_process `exit 3` ended with status 3.");
  }

  @Test
  void anUnknownDriverIsNamed() {
    fixture.with("AWS_VAULT_PROMPT", "zenty");
    assertThatThrownBy(() -> fixture.verb(role("a"), ScriptedPerson.typing("123456")))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("zenty");
    assertThat(fixture.sdk(role("a"))).isEqualTo(needsCode(SERIAL));
  }

  @Test
  void oneLoginServesAllWaitingCallers() throws Exception {
    fixture.loginSucceeds = true;
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < 20; caller++) {
      waiting.add(
          fixture
              .executor()
              .submit(() -> fixture.verb(BrokerFixture.sso(), ScriptedPerson.typing())));
    }
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(fixture.logins).hasValue(1);
  }

  @Test
  void aLoginNeedsATerminalOrADisplay() {
    assertThat(fixture.verb(BrokerFixture.sso(), ScriptedPerson.script()))
        .isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.logins).hasValue(0);
    fixture.withDisplay();
    fixture.loginSucceeds = true;
    assertThat(fixture.verb(BrokerFixture.sso(), ScriptedPerson.script()))
        .isInstanceOf(Outcome.Issued.class);
  }
}
