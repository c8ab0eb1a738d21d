package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.prompt.Question;
import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question that is left open in one terminal, while another command can answer it. */
final class OpenQuestionTest {
  private static final String PASSPHRASE = "correct horse";

  @TempDir Path home;
  private RunningJvault jvault;
  private ControlTestClient first;
  private ControlTestClient second;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    first = jvault.stranger().atTerminal().with(Routes.CALLER_TTY + "=pts/71");
    second = jvault.stranger().atTerminal().with(Routes.CALLER_TTY + "=pts/72");
    RunningJvault.succeeded(
        first
            .with("caller.passphrase=true")
            .converse(
                "add",
                List.of(PASSPHRASE),
                "profile=mfa",
                "access-key-id=" + RunningJvault.KEY_ID,
                "secret-access-key=" + RunningJvault.KEY_SECRET,
                "no-check=true"));
    jvault.restart();
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void unlockTakesTheQuestionOverAndTheFirstCommandGoesOn() throws Exception {
    ControlResponse open = first.call("list");
    var end = later(() -> first.awaitEnd(open));
    ControlResponse taken = within(later(() -> second.call("unlock")));
    assertThat(taken.question()).startsWith("passphrase off");
    assertThat(within(end).header(Routes.ERROR)).isEqualTo(ErrorCode.QUESTION_WITHDRAWN.text());
    var waiting = within(later(() -> first.replyInTime(open, "typed too late")));
    assertThat(waiting.question())
        .isEqualTo(
            "waiting off: waiting for the vault's passphrase,"
                + " which `jvault unlock` (pts/72) asks for");
    var listed = later(() -> first.reply(waiting, ""));

    assertThat(second.reply(taken, PASSPHRASE).message()).isEqualTo("The vault is open.");

    assertThat(within(listed).ended(ExitCode.OK)).isTrue();
  }

  @Test
  void aGivenCodeAnswersTheQuestionThatIsOpen() throws Exception {
    assertThat(first.converse("unlock", List.of(PASSPHRASE)).ended(ExitCode.OK)).isTrue();
    ControlResponse open = first.call("exec", "profile=mfa");
    assertThat(open.question()).startsWith("mfa off");

    var script = jvault.stranger();
    var given = within(later(() -> script.call("exec", "profile=mfa", "mfa-token=123456")));

    assertThat(given.ended(ExitCode.OK)).as(given.toString()).isTrue();
    assertThat(within(later(() -> first.awaitEnd(open))).header(Routes.ERROR))
        .isEqualTo(ErrorCode.QUESTION_WITHDRAWN.text());
    assertThat(
            within(later(() -> first.pastNotices(first.replyInTime(open, "")))).ended(ExitCode.OK))
        .isTrue();
  }

  @Test
  void aWrongGivenCodeLeavesTheQuestionToTheFirstCommand() throws Exception {
    assertThat(first.converse("unlock", List.of(PASSPHRASE)).ended(ExitCode.OK)).isTrue();
    ControlResponse open = first.call("exec", "profile=mfa");
    var script = jvault.stranger();
    var given = within(later(() -> script.call("exec", "profile=mfa", "mfa-token=1")));
    assertThat(given.ended(ExitCode.OK)).isFalse();
    ControlResponse again = within(later(() -> first.pastNotices(first.replyInTime(open, ""))));
    assertThat(again.question()).startsWith("mfa off: MFA code for");
    assertThat(first.reply(again, "123456").ended(ExitCode.OK)).isTrue();
  }

  @Test
  void statusShowsTheQuestionAndWhoAsksIt() {
    assertThat(jvault.stranger().call("status").body()).doesNotContain("asking");
    ControlResponse open = first.with(Routes.CALLER_PID + "=" + pid()).call("list");
    String asks = "`jvault list` (process " + pid() + " on pts/71)";
    assertThat(jvault.stranger().call("status").body())
        .contains("asking", asks + " asks for the vault's passphrase (terminal)");
    assertThat(jvault.stranger().call("status", "json=true").body())
        .contains("\"askedBy\": \"" + asks + "\"");
    assertThat(first.giveUp(open).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(jvault.stranger().call("status").body()).doesNotContain("asking"));
  }

  @Test
  void stoppingEndsTheQuestion() throws Exception {
    var stopped =
        new Conversation(
            "id",
            "list",
            call -> {
              var answer = call.person().ask(new Question(Question.Kind.SECRET, "Secret: "));
              return Reply.ofOutput(answer.isPresent() ? "answered" : "not answered");
            },
            Map.of(Routes.CALLER_TERMINAL, "true"),
            _ -> true);
    Thread.startVirtualThread(stopped::run);
    var question = (Conversation.Event.QuestionAsked) stopped.next();
    stopped.stop();
    assertThat(stopped.ended(question.number())).isEqualTo(AskedQuestion.End.STOPPED);
    var end = (Conversation.Event.VerbEnded) stopped.next();
    assertThat(end.reply().out()).isEqualTo("not answered");
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static <T> CompletableFuture<T> later(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
  }

  private static <T> T within(CompletableFuture<T> result) throws Exception {
    return result.get(60, TimeUnit.SECONDS);
  }
}
