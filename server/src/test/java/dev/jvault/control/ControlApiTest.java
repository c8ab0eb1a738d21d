package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.Routes;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Conversations over the control socket, with a vault that a passphrase opens. */
final class ControlApiTest {
  private static final String PASSPHRASE = "open sesame";

  @TempDir Path home;
  private RunningJvault jvault;
  private ControlTestClient user;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    user = jvault.stranger().atTerminal();
    RunningJvault.succeeded(
        user.with("caller.passphrase=true")
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
    ControlResponse question = user.call("exec", "profile=dev");
    assertThat(question.question())
        .isEqualTo(
            "passphrase off: Passphrase of the jvault vault (profile dev, for `jvault exec dev`): ");
    assertThat(user.reply(question, PASSPHRASE).body()).startsWith("jvault-plan 1\n");
    assertThat(user.call("exec", "profile=dev").status()).isEqualTo(200);
  }

  @Test
  void asksThreeTimesForThePassphrase() {
    ControlResponse response = user.call("list");
    assertThat(response.question()).doesNotContain("That passphrase is wrong.");
    for (int tried = 0; tried < 2; tried++) {
      response = user.reply(response, "wrong");
      assertThat(response.question()).contains("That passphrase is wrong. Passphrase");
    }
    ControlResponse end = user.reply(response, "wrong");
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.message()).contains("The vault is locked");
  }

  @Test
  void aWrongPassphraseFailsTheVerbThatNeedsIt() {
    ControlResponse end = user.converse("exec", List.of("wrong", "wrong", "wrong"), "profile=dev");
    assertThat(end.ended(ExitCode.PERSON)).isTrue();
    assertThat(end.message()).contains("passphrase").doesNotContain("wrong");
    assertThat(end.body()).isEmpty();
  }

  @Test
  void givingUpEndsTheConversation() {
    ControlResponse question = user.call("exec", "profile=dev");
    assertThat(user.giveUp(question).status()).isEqualTo(200);
    assertThat(user.reply(question, PASSPHRASE).status()).isEqualTo(404);
    assertThat(user.giveUp(question).status()).isEqualTo(200);
    assertThat(user.call("list").question()).startsWith("passphrase off");
  }

  @Test
  void asksNothingWithoutATerminal() {
    ControlResponse response = jvault.stranger().call("exec", "profile=dev");
    assertThat(response.ended(ExitCode.PERSON)).isTrue();
    assertThat(response.message()).contains("JVAULT_PASSPHRASE_FILE");
  }

  @Test
  void asksTheNextClientIfTheOneThatWasAskedDies() throws Exception {
    Process client = new ProcessBuilder("sleep", "600").start();
    ControlTestClient first = user.with(Routes.CALLER_PID + "=" + client.pid());
    ControlResponse abandoned = first.call("exec", "profile=dev");
    assertThat(abandoned.status()).isEqualTo(202);
    var second =
        CompletableFuture.supplyAsync(() -> user.pastNotices(user.call("exec", "profile=dev")));
    client.destroyForcibly();
    assertThat(client.waitFor()).isNotZero();
    await().until(second::isDone);
    assertThat(second.join().question()).startsWith("passphrase off");
    assertThat(user.reply(second.join(), PASSPHRASE).ended(ExitCode.OK)).isTrue();
    assertThat(user.reply(abandoned, PASSPHRASE).status()).isEqualTo(404);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void asksTheNextClientIfTheOneThatWasAskedIsAZombie() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try {
      long client = Long.parseLong(parent.inputReader().readLine());
      ControlTestClient first = user.with(Routes.CALLER_PID + "=" + client);
      assertThat(first.call("exec", "profile=dev").status()).isEqualTo(202);
      var second =
          CompletableFuture.supplyAsync(() -> user.pastNotices(user.call("exec", "profile=dev")));
      assertThat(ProcessHandle.of(client).orElseThrow().destroyForcibly()).isTrue();

      ControlResponse question = second.get(60, TimeUnit.SECONDS);

      assertThat(parent.isAlive()).isTrue();
      assertThat(question.question()).startsWith("passphrase off");
      assertThat(user.reply(question, PASSPHRASE).ended(ExitCode.OK)).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aClientThatHasThePassphraseWaitsForNoQuestion() throws Exception {
    ControlResponse open = user.call("exec", "profile=dev");
    assertThat(open.status()).isEqualTo(202);
    ControlTestClient other = jvault.stranger().with(Routes.CALLER_PASSPHRASE + "=true");

    for (String verb : List.of("list", "exec")) {
      var answered =
          CompletableFuture.supplyAsync(() -> {
            ControlResponse response = other.call(verb, "profile=dev");
            return response.status() == 202
                ? other.reply(other.pastNotices(response), PASSPHRASE)
                : response;
          });
      assertThat(answered.get(60, TimeUnit.SECONDS).ended(ExitCode.OK)).isTrue();
    }
    assertThat(user.reply(open, "").ended(ExitCode.OK)).isTrue();
  }

  @Test
  void aServerWithoutProfilesOpensTheVaultWithThePassphraseOfItsVariables() {
    ControlTestClient service = jvault.stranger().with(Routes.CALLER_PASSPHRASE + "=true");

    ControlResponse question = service.call("server");

    assertThat(question.question()).startsWith("passphrase off");
    assertThat(service.reply(question, PASSPHRASE).ended(ExitCode.OK)).isTrue();
    assertThat(jvault.stranger().call("exec", "profile=dev").ended(ExitCode.OK)).isTrue();
  }

  @Test
  void aServerWithoutProfilesAndWithoutPassphraseAsksNothing() {
    assertThat(user.call("server").ended(ExitCode.OK)).isTrue();
  }

  @Test
  void onePassphraseServesAllWaitingClients() {
    ControlResponse question = user.call("exec", "profile=dev");
    var second =
        CompletableFuture.supplyAsync(() -> user.pastNotices(user.call("exec", "profile=dev")));
    assertThat(user.reply(question, PASSPHRASE).ended(ExitCode.OK)).isTrue();
    assertThat(second.join().ended(ExitCode.OK)).isTrue();
  }

  @Test
  void anotherProtocolIsRefusedInOneSentence() {
    for (String version : new String[] {"0", "1", "", "x"}) {
      ControlResponse response = user.speaking(version).call("list");
      assertThat(response.status()).isEqualTo(426);
      assertThat(response.body())
          .contains(ProgramVersion.CURRENT, "9.9", "jvault stop")
          .doesNotContain("\n");
      assertThat(response.header(Routes.ERROR)).isEqualTo("protocol-mismatch");
      assertThat(response.header(Routes.PROTOCOL)).isEqualTo("3");
      assertThat(response.header(Routes.PROGRAM)).isEqualTo(ProgramVersion.CURRENT);
    }
  }

  @Test
  void anotherProtocolMayStopTheDaemon() throws InterruptedException {
    assertThat(user.speaking("0").call("stop").ended(ExitCode.OK)).isTrue();
    jvault.awaitStop();
  }

  @Test
  void describesTheDaemonToEveryProtocolVersion() {
    ControlResponse response = user.speaking("0").exchange("GET", Routes.DAEMON, "");
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("program=" + ProgramVersion.CURRENT + "\nprotocol=3\npid=" + pid + "\n");
    assertThat(response.header(Routes.PROGRAM)).isEqualTo(ProgramVersion.CURRENT);
    assertThat(response.header(Routes.PROTOCOL)).isEqualTo("3");
    assertThat(response.header(Routes.PID)).isEqualTo(pid);
    assertThat(user.call("status").header(Routes.PID)).isEqualTo(pid);
  }

  @Test
  void aVerbThatNeedsAnotherProgramVersionIsRefusedBeforeItRuns() {
    ControlResponse refused = user.call("exec", "profile=dev", "required.program=9.9");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.header(Routes.ERROR)).isEqualTo("program-mismatch");
    assertThat(refused.question()).isEmpty();
    String ours = "required.program=" + ProgramVersion.CURRENT;
    assertThat(user.call("exec", "profile=dev", ours).question()).startsWith("passphrase off");
  }

  @Test
  void aMessageOfAnyLengthAndScriptArrivesWhole() throws IOException {
    var config = new StringBuilder(RunningJvault.profiles(URI.create("http://127.0.0.1:1")));
    for (int profile = 0; profile < 600; profile++) {
      config
          .append("[profile kürzel-漢字-%03d]\nsource_profile = dev\n".formatted(profile))
          .append("role_arn = arn:aws:iam::123456789012:role/reader\n");
    }
    jvault.config(config.toString());
    ControlResponse question =
        user.call(
            "add",
            "profile=dev",
            "access-key-id=" + RunningJvault.KEY_ID,
            "secret-access-key=" + RunningJvault.KEY_SECRET);
    ControlResponse added = user.reply(question, PASSPHRASE);
    assertThat(added.ended(ExitCode.OK)).as("%s", added).isTrue();
    assertThat(added.message()).contains("kürzel-漢字-000", "kürzel-漢字-599").hasSizeGreaterThan(8192);
    assertThat(added.body()).doesNotContain("kürzel");
  }

  @Test
  void anUnknownVerbAndAnUnknownConversationAreRefused() {
    assertThat(user.call("destroy").status()).isEqualTo(404);
    assertThat(user.call("destroy").body()).contains("destroy");
    assertThat(user.call("destroy").header(Routes.ERROR)).isEqualTo("unknown-verb");
    assertThat(user.exchange("POST", "/conversations/none", "x").status()).isEqualTo(404);
    assertThat(user.exchange("GET", "/verbs/list", "").status()).isBetween(404, 405);
    assertThat(user.exchange("GET", "/credentials/dev-terminal", "").status()).isEqualTo(404);
  }
}
