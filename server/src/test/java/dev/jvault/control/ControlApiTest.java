package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.Routes;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlAnswer;
import dev.jvault.testing.ControlCaller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations over the control socket, with a vault that a passphrase opens. */
final class ControlApiTest {
  private static final String PASSPHRASE = "open sesame";

  @TempDir Path home;
  private RunningJvault jvault;
  private ControlCaller person;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    person = jvault.stranger().atTerminal();
    RunningJvault.succeeded(
        person
            .with("caller.passphrase=true")
            .converse(
                "add",
                List.of(PASSPHRASE),
                "profile=dev",
                "access-key-id=" + RunningJvault.KEY_ID,
                "secret-access-key=" + RunningJvault.KEY_SECRET));
    jvault.restart();
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void asksForThePassphraseWithoutEchoAndContinues() {
    ControlAnswer question = person.call("exec", "profile=dev");
    assertThat(question.question()).isEqualTo("passphrase off: Passphrase of the jvault vault: ");
    assertThat(person.reply(question, PASSPHRASE).body()).startsWith("jvault-plan 1\n");
    assertThat(person.call("exec", "profile=dev").status()).isEqualTo(200);
  }

  @Test
  void asksThreeTimesForThePassphrase() {
    ControlAnswer answer = person.call("list");
    assertThat(answer.question()).doesNotContain("That was not it.");
    for (int tried = 0; tried < 2; tried++) {
      answer = person.reply(answer, "wrong");
      assertThat(answer.question()).contains("That was not it. Passphrase");
    }
    ControlAnswer end = person.reply(answer, "wrong");
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.message()).contains("The vault is locked");
  }

  @Test
  void aWrongPassphraseFailsTheVerbThatNeedsIt() {
    ControlAnswer end = person.converse("exec", List.of("wrong", "wrong", "wrong"), "profile=dev");
    assertThat(end.ended(ExitCode.PERSON)).isTrue();
    assertThat(end.message()).contains("passphrase").doesNotContain("wrong");
    assertThat(end.body()).isEmpty();
  }

  @Test
  void givingUpEndsTheConversation() {
    ControlAnswer question = person.call("exec", "profile=dev");
    assertThat(person.giveUp(question).status()).isEqualTo(200);
    assertThat(person.reply(question, PASSPHRASE).status()).isEqualTo(404);
    assertThat(person.giveUp(question).status()).isEqualTo(200);
    assertThat(person.call("list").question()).startsWith("passphrase off");
  }

  @Test
  void asksNothingWithoutATerminal() {
    ControlAnswer answer = jvault.stranger().call("exec", "profile=dev");
    assertThat(answer.ended(ExitCode.PERSON)).isTrue();
    assertThat(answer.message()).contains("JVAULT_PASSPHRASE_FILE");
  }

  @Test
  void asksTheNextClientIfTheOneThatWasAskedDies() throws Exception {
    Process client = new ProcessBuilder("sleep", "600").start();
    ControlCaller first = person.with(Routes.CALLER_PID + "=" + client.pid());
    ControlAnswer abandoned = first.call("exec", "profile=dev");
    assertThat(abandoned.status()).isEqualTo(202);
    var second =
        CompletableFuture.supplyAsync(() -> person.pastNotices(person.call("exec", "profile=dev")));
    client.destroyForcibly();
    assertThat(client.waitFor()).isNotZero();
    await().atMost(Duration.ofSeconds(20)).until(second::isDone);
    assertThat(second.join().question()).startsWith("passphrase off");
    assertThat(person.reply(second.join(), PASSPHRASE).ended(ExitCode.OK)).isTrue();
    assertThat(person.reply(abandoned, PASSPHRASE).status()).isEqualTo(404);
  }

  @Test
  void onePassphraseServesAllWaitingClients() {
    ControlAnswer question = person.call("exec", "profile=dev");
    var second =
        CompletableFuture.supplyAsync(() -> person.pastNotices(person.call("exec", "profile=dev")));
    assertThat(person.reply(question, PASSPHRASE).ended(ExitCode.OK)).isTrue();
    assertThat(second.join().ended(ExitCode.OK)).isTrue();
  }

  @Test
  void anotherProtocolIsRefusedInOneSentence() {
    for (String version : new String[] {"0", "1", "", "x"}) {
      ControlAnswer answer = person.speaking(version).call("list");
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.body())
          .contains(ProgramVersion.CURRENT, "9.9", "jvault stop")
          .doesNotContain("\n");
      assertThat(answer.header(Routes.ERROR)).isEqualTo("protocol-mismatch");
      assertThat(answer.header(Routes.PROTOCOL)).isEqualTo("2");
      assertThat(answer.header(Routes.PROGRAM)).isEqualTo(ProgramVersion.CURRENT);
    }
  }

  @Test
  void anotherProtocolMayStopTheDaemon() throws InterruptedException {
    assertThat(person.speaking("0").call("stop").ended(ExitCode.OK)).isTrue();
    jvault.awaitStop();
  }

  @Test
  void describesTheDaemonToEveryProtocolVersion() {
    ControlAnswer answer = person.speaking("0").exchange("GET", Routes.DAEMON, "");
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("program=" + ProgramVersion.CURRENT + "\nprotocol=2\npid=" + pid + "\n");
    assertThat(answer.header(Routes.PROGRAM)).isEqualTo(ProgramVersion.CURRENT);
    assertThat(answer.header(Routes.PROTOCOL)).isEqualTo("2");
    assertThat(answer.header(Routes.PID)).isEqualTo(pid);
    assertThat(person.call("status").header(Routes.PID)).isEqualTo(pid);
  }

  @Test
  void aVerbThatNeedsAnotherProgramVersionIsRefusedBeforeItRuns() {
    ControlAnswer refused = person.call("exec", "profile=dev", "required.program=9.9");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.header(Routes.ERROR)).isEqualTo("program-mismatch");
    assertThat(refused.question()).isEmpty();
    String ours = "required.program=" + ProgramVersion.CURRENT;
    assertThat(person.call("exec", "profile=dev", ours).question()).startsWith("passphrase off");
  }

  @Test
  void anUnknownVerbAndAnUnknownConversationAreRefused() {
    assertThat(person.call("destroy").status()).isEqualTo(404);
    assertThat(person.call("destroy").body()).contains("destroy");
    assertThat(person.call("destroy").header(Routes.ERROR)).isEqualTo("unknown-verb");
    assertThat(person.exchange("POST", "/conversations/none", "x").status()).isEqualTo(404);
    assertThat(person.exchange("GET", "/verbs/list", "").status()).isBetween(404, 405);
    assertThat(person.exchange("GET", "/credentials/dev-terminal", "").status()).isEqualTo(404);
  }
}
