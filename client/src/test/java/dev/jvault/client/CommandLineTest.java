package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines that the client handles without a daemon. */
final class CommandLineTest {
  @TempDir Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    client = new ClientRun(home);
  }

  @Test
  void listsTheVerbs() {
    assertThat(client.run("help")).isZero();
    assertThat(client.out()).contains("\n  exec  ", "\n  credential-process  ", "\n  demo  ");
    String text = client.out();

    client.run();
    assertThat(client.out()).isEqualTo(text);
    client.run("--help");
    assertThat(client.out()).isEqualTo(text);
  }

  static Iterable<Verb> verbs() {
    return Verbs.all();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void explainsEachVerbWithAtLeastTwoExamples(Verb verb) {
    String name = verb.help().name();
    assertThat(client.run("help", name)).isZero();
    String text = client.out();

    assertThat(text).contains("usage: jvault " + name);
    assertThat(verb.help().examples()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(text).contains(verb.help().examples());
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);

    assertThat(client.run(name, "--help")).isZero();
    assertThat(client.out()).isEqualTo(text);
  }

  @Test
  void explainsTheOptionsOfExec() {
    client.run("exec", "dev", "-h");

    assertThat(client.out())
        .contains("  -n, --no-session ", "  -d, --duration TIME ", "  --region REGION ");
  }

  @Test
  void leavesTheHelpOfTheCommandToTheCommand() {
    assertThat(ExecArguments.of(new ExecVerb().options(), List.of("dev", "ls", "--help")))
        .isEqualTo(new ExecArguments(List.of(), List.of("dev"), 1));
  }

  @Test
  void printsItsVersion() {
    assertThat(client.run("--version")).isZero();
    assertThat(client.out()).isEqualTo("jvault 0.1.0\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exce dev | There is no verb `exce`; did you mean `exec`?
          creds | There is no verb `creds`; `jvault help` lists them.
          list --jsn | jvault list has no option --jsn; did you mean --json?
          list -x | jvault list has no option -x.
          exec | Say which profile: jvault exec [options] NAME [-- CMD ARGS…].
          exec -- ls | Say which profile: jvault exec
          exec --bidn dev ls | jvault exec has no option --bidn; did you mean --bind?
          exec -d | --duration needs a value after it.
          exec --env --bind dev | --env and --bind contradict each other
          exec -n --token-env dev | --no-session and --token-env contradict each other
          exec --allow-role a --env dev | --allow-role and --env contradict each other
          exec --allow-role a -n dev | --allow-role and --no-session contradict each other
          exec dev --allow-role | --allow-role needs a value after it.
          revoke | Name the grants by their ids, or give --all; `jvault grants` shows them.
          revoke --all dev-terminal | Name the grants by their ids, or give --all
          revoke ../x | A grant's id has letters, digits, - and _ only
          revoke --al | jvault revoke has no option --al; did you mean --all?
          grants x | `x` is one word too many for jvault grants.
          add | Say which profile: jvault add [--env] [--replace] NAME.
          add a b | `b` is one word too many for jvault add.
          lock dev | `dev` is one word too many for jvault lock.
          unlock --al | jvault unlock has no option --al
          status x | `x` is one word too many for jvault status.
          list --profiles --sessions | --profiles and --sessions contradict each other
          env --shell zsh dev | --shell is sh, fish or powershell, not zsh.
          server --port 70000 | --port is a number from 1 to 65535, not `70000`.
          server --port x | --port is a number from 1 to 65535, not `x`.
          link-local | Say what to do: jvault link-local up NAME, down or status.
          link-local upp dev | `upp` is none of its jobs: jvault link-local up NAME, down or status.
          link-local up | Say which profile: jvault link-local up NAME.
          link-local up dev ops | `ops` is one word too many for jvault link-local up.
          link-local down dev | `dev` is one word too many for jvault link-local down.
          link-local up --json dev | --json belongs to `jvault link-local status`
          link-local status --dry-run | --dry-run belongs to `jvault link-local up` and `down`
          add --env dev | AWS_ACCESS_KEY_ID is not set
          log dev | `dev` is one word too many for jvault log.
          log --audit -f | --audit and --follow contradict each other; give one of them.
          log --json | --json is for --audit only; give both, or neither.
          log -f --profile dev | --profile is for --audit only; give both, or neither.
          log --since 1h | --since is for --audit only; give both, or neither.
          log --audit --since | --since needs a value after it.
          log --audit --profile a --profile b | --profile is given more than once; give it once.
          log --audit --sinse 1h | jvault log has no option --sinse; did you mean --since?
          """)
  void refusesInOneSentence(String line, String sentence) {
    assertThat(client.run(line.split(" ", -1))).isEqualTo(2);
    assertThat(client.error()).startsWith("jvault: " + sentence).hasLineCount(1);
    assertThat(client.out()).isEmpty();
  }

  @Test
  void refusesAnEmptyName() {
    assertThat(client.run("exec", "", "--", "ls")).isEqualTo(2);
    assertThat(client.error()).contains("name is empty");
    assertThat(client.run("server", "--profile", "")).isEqualTo(2);
    assertThat(client.error()).contains("name is empty");
  }

  @Test
  void refusesEmptyValuesForTheAudit() {
    assertThat(client.run("log", "--audit", "--since", "")).isEqualTo(2);
    assertThat(client.error()).contains("--since is empty");
    assertThat(client.run("log", "--audit", "--profile", "")).isEqualTo(2);
    assertThat(client.error()).contains("name is empty");
    assertThat(client.run("log", "--audit", "--profile", "a\u001bb")).isEqualTo(2);
    assertThat(client.error()).contains("has an unprintable character; leave it out.");
  }

  @Test
  void writesOutputAndMessageToStreamsOfTheirOwn() {
    String message = "größer als jeder Kopf; ".repeat(1_000).strip();
    try (var daemon = new FakeDaemon(home).then(4, message, "äöü\n")) {
      assertThat(client.run("grants")).isEqualTo(4);
      assertThat(daemon.requests()).hasSize(1);
    }
    assertThat(client.out()).isEqualTo("äöü\n");
    assertThat(client.error()).isEqualTo("jvault: " + message + "\n");
  }

  @Test
  @Attack("terminal")
  void aTerminalGetsNothingThatItObeysAndAPipeTheExactBytes() {
    String diff = "+a\u001b]0;x\u0007\tb\u202ec\r\n";
    try (var daemon = new FakeDaemon(home).then(4, diff, diff).then(0, "", diff)) {
      client.outputIsTerminal = true;
      assertThat(client.run("setup", "--dry-run", "shell")).isEqualTo(4);
      assertThat(client.out()).isEqualTo("+a\\u001b]0;x\\u0007\tb\\u202ec\r\n");
      assertThat(client.error()).isEqualTo("jvault: +a\\u001b]0;x\\u0007\tb\\u202ec\n");

      client.outputIsTerminal = false;
      assertThat(client.run("setup", "--dry-run", "shell")).isZero();
      assertThat(client.out()).isEqualTo(diff);
      assertThat(daemon.requests()).hasSize(2);
    }
  }

  @Test
  void asksTheDaemonForTheAudit() {
    try (var daemon = new FakeDaemon(home).then(0, "", "a table\n").then(2, "no span", "")) {
      client.outputIsTerminal = true;
      assertThat(client.run("log", "--audit", "--profile", "dev", "--since", "1h", "--json"))
          .isZero();
      assertThat(client.out()).isEqualTo("a table\n");
      assertThat(daemon.requests().getFirst())
          .startsWith("POST /verbs/audit ")
          .contains("audit=true", "profile=dev", "since=1h", "json=true", "caller.columns=99");

      assertThat(client.run("log", "--audit", "--since", "x")).isEqualTo(2);
      assertThat(client.error()).isEqualTo("jvault: no span\n");
    }
  }

  @Test
  void storesNoKeyThatExpires() {
    client.environment.put("AWS_ACCESS_KEY_ID", "ASIA");
    client.environment.put("AWS_SECRET_ACCESS_KEY", "s");
    client.environment.put("AWS_SESSION_TOKEN", "t");

    assertThat(client.run("add", "dev", "--env")).isEqualTo(2);
    assertThat(client.error()).contains("AWS_SESSION_TOKEN is set");
  }

  @Test
  @Attack("no-long-lived-keys")
  void showsTheRecoveryKeyOnATerminalOnly() {
    assertThat(client.run("recovery-key")).isEqualTo(5);
    assertThat(client.error()).contains("jvault shows it on a terminal only");
  }

  @Test
  void saysThatNoDaemonRuns() {
    assertThat(client.run("status")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
    assertThat(client.run("status", "--json")).isZero();
    assertThat(client.out()).isEqualTo("{\"running\":false}\n");
    assertThat(client.run("stop")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
  }

  @Test
  void showsTheLogWhetherADaemonRunsOrNot() {
    assertThat(client.run("log")).isZero();
    assertThat(client.out()).isEqualTo("There is no log yet.\n");
    assertThat(home.resolve("state").toFile().mkdirs()).isTrue();
    InstalledTree.write(home.resolve("state/jvault.log"), "one\ntwo\n");

    assertThat(client.run("log")).isZero();
    assertThat(client.out()).isEqualTo("one\ntwo\n");
  }
}
