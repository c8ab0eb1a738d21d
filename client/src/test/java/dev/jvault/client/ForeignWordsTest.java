package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type for aws-vault, granted and aws-sso. */
final class ForeignWordsTest {
  /** The options of aws-vault 7.9 that stand before each command. */
  private static final List<String> AWS_VAULT_GLOBALS =
      List.of(
          "debug",
          "backend",
          "prompt",
          "keychain",
          "secret-service-collection",
          "pass-dir",
          "pass-cmd",
          "pass-prefix",
          "file-dir",
          "op-timeout",
          "op-vault-id",
          "op-item-title-prefix",
          "op-item-tag",
          "op-connect-host",
          "op-desktop-account-id",
          "proton-pass-share-id",
          "proton-pass-item-title-prefix",
          "proton-pass-api-base",
          "proton-pass-timeout",
          "biometrics",
          "parallel-safe");

  /** Its commands with their options, hidden ones included. */
  private static final List<String> AWS_VAULT_COMMANDS =
      List.of(
          "add env add-config no-add-config",
          "list profiles sessions credentials",
          "ls profiles sessions credentials",
          "exec duration d no-session n region mfa-token t json j server s ec2-server ecs-server"
              + " lazy stdout",
          "export duration d no-session n region mfa-token t format stdout",
          "clear",
          "remove sessions-only s force f",
          "rm sessions-only s force f",
          "login duration d no-session n auto-logout a mfa-token t path region stdout s device-code",
          "rotate no-session n",
          "proxy stop",
          "migrate-backend from to profile dry-run overwrite delete-source",
          "version",
          "help");

  private static final Pattern OURS = Pattern.compile("`(?:eval \"\\$\\()?jvault ([a-z-]+)");

  /** Verbs that change something: an answer may explain them, but never gives their line. */
  private static final Set<String> CHANGING =
      Set.of(
          "add",
          "import",
          "remove",
          "rotate",
          "clear",
          "restart",
          "stop",
          "lock",
          "revoke",
          "service",
          "recovery-key");

  @TempDir Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    client = new ClientRun(home);
  }

  static List<String> awsVaultCommands() {
    return AWS_VAULT_COMMANDS;
  }

  @ParameterizedTest
  @MethodSource("awsVaultCommands")
  void everyCommandOfAwsVaultIsKnownWithEachOfItsOptions(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    String command = words.removeFirst();
    if (!Verbs.has(command)
        && ForeignWords.VERBS.stream().anyMatch(verb -> verb.begins(List.of(command)))) {
      return;
    }
    var known = new HashSet<String>();
    for (Option option : OwnWords.understood(Verbs.named(command)).getOptions()) {
      Stream.of(option.getOpt(), option.getLongOpt()).filter(n -> n != null).forEach(known::add);
    }
    assertThat(known).containsAll(words).containsAll(AWS_VAULT_GLOBALS);
  }

  @Test
  void everyOptionThatAwsVaultTakesBeforeItsCommandMayStandThereHere() {
    assertThat(OwnWords.beforeVerbs().stream().map(ForeignOption::name))
        .containsAll(AWS_VAULT_GLOBALS);
  }

  static Stream<String> answers() {
    Stream<String> verbs =
        ForeignWords.VERBS.stream()
            .flatMap(
                verb -> Stream.concat(Stream.of(verb.answer()), verb.byOption().values().stream()));
    Stream<String> options =
        ForeignWords.OPTIONS.stream()
            .map(option ->
                switch (option.meaning()) {
                  case ForeignMeaning.Same _ -> "";
                  case ForeignMeaning.NoEffect(String instead) -> instead;
                  case ForeignMeaning.Instead(String sentence) -> sentence;
                });
    return Stream.concat(verbs, options).filter(text -> !text.isEmpty()).distinct();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerNamesVerbsThatThereAreAndNoneThatChangesAnything(String answer) {
    var names = new HashSet<String>();
    Verbs.all().forEach(verb -> names.add(verb.help().name()));
    assertThat(OURS.matcher(answer).results().map(ForeignWordsTest::verb))
        .isSubsetOf(names)
        .doesNotContainAnyElementsOf(CHANGING);
    assertThat(answer).endsWith(".").doesNotContain("\n");
    assertThat(Pattern.compile("`jvault setup (?!--dry-run)").matcher(answer).find()).isFalse();
    assertThat(Pattern.compile("`jvault sso setup(?! --dry-run)").matcher(answer).find()).isFalse();
  }

  private static String verb(MatchResult found) {
    return found.group(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          assume dev | There is no verb `assume`; write `eval "$(jvault env dev)"` for this shell, or `jvault exec dev` for a new one.
          assume | There is no verb `assume`; write `eval "$(jvault env NAME)"` for this shell
          assume -r eu-west-1 dev | There is no verb `assume`; write `eval "$(jvault env dev)"`
          assume dev -c | There is no verb `assume`; `jvault login dev` opens the console.
          assume -s s3 dev | There is no verb `assume`; `jvault login --service SERVICE dev` opens
          assume --exec=ls dev | There is no verb `assume`; `jvault exec dev -- CMD` runs a command.
          assume $(reboot) | There is no verb `assume`; write `eval "$(jvault env NAME)"`
          granted assume dev | There is no verb `assume`; write `eval "$(jvault env dev)"`
          granted credentials import dev | There is no verb `credentials import`; `jvault help import` says
          granted sso generate URL | There is no verb `sso generate`; `jvault sso setup --dry-run` shows
          aws-sso eval -p dev | Leave `aws-sso` out: write `jvault eval …`.
          aws-vault exec dev | Leave `aws-vault` out: write `jvault exec …`.
          aws-sso ecs load -p dev | There is no verb `ecs load`; `jvault help server` says how dev is
          aws-sso time | There is no verb `time`; `jvault status` shows
          setup wizard | There is no verb `setup wizard`; `jvault sso setup --dry-run` shows
          assume -un | There is no verb `assume`; `jvault exec NAME` starts a shell
          proxy | There is no verb `proxy`; `jvault exec --imds NAME -- CMD` serves
          proxy --stop | There is no verb `proxy`; `jvault link-local status` says
          --backend file proxy | There is no verb `proxy`; `jvault exec --imds NAME -- CMD` serves
          migrate-backend --from a --to b | There is no verb `migrate-backend`; jvault has one vault
          exec -p dev ls | Write the profile as a word: `jvault exec dev -- CMD`.
          eval -A 123 -R Admin | jvault finds a role by its profile; `jvault list` shows
          list --csv | `jvault list --json` prints every field
          --completion-script-bash | `jvault setup --dry-run shell` shows
          --json list | The option --json cannot stand before the verb
          --backend | --backend needs a value after it.
          """)
  void answersWithTheLineThatDoesTheSame(String line, String sentence) {
    assertThat(client.run(line.split(" "))).isEqualTo(2);
    assertThat(client.error()).startsWith("jvault: " + sentence).hasLineCount(1);
    assertThat(client.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exec -s dev -- ls                    | profile=dev                       | 4
          exec --server --lazy dev -- ls       | profile=dev                       | 5
          exec --ecs-server -d 1h dev ls       | profile=dev&duration=1h           | 5
          exec --ec2-server dev                | profile=dev&imds=true             | 3
          exec -sn dev -- ls                   | profile=dev&no-session=true       | 4
          --debug exec dev -- ls -s            | profile=dev&caller.debug=true     | 4
          exec dev --debug -- ls               | profile=dev&caller.debug=true     | 4
          --prompt=ykman exec dev -- ls        | profile=dev&prompt=ykman          | 4
          --prompt ykman exec dev -- ls        | profile=dev&prompt=ykman          | 5
          --biometrics exec dev -- ls --backend | profile=dev                      | 4
          --backend pass --pass-dir=/x exec dev -- ls | profile=dev                | 6
          """)
  void execUnderstandsThemAndLeavesTheCommandAlone(String line, String fields, int own) {
    try (var daemon = new FakeDaemon(home).then(0, "", "jvault-plan 1\nend\n")) {
      assertThat(client.run(line.split(" "))).as(client.error()).isZero();
      assertThat(client.out()).startsWith("shift " + own + "\n");
      List<String> sent = sent(daemon.requests().getFirst());
      assertThat(sent).contains(fields.split("&"));
      assertThat(sent).noneMatch(field -> field.matches("(server|lazy|backend|debug|ec2).*"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rm -s dev                  | remove             | profile=dev&sessions-only=true
          remove --sessions-only dev | remove             | profile=dev&sessions-only=true
          rm -f dev                  | remove             | profile=dev&force=true
          add --no-add-config dev    | add                | profile=dev
          eval -p dev                | env                | profile=dev
          process --profile dev      | credential-process | profile=dev
          --debug grants             | grants             | caller.debug=true
          --verbose list             | list               | caller.debug=true
          list --debug               | list               | caller.debug=true
          --prompt zenity list       | list               | prompt=zenity
          """)
  void otherVerbsUnderstandThem(String line, String verb, String fields) {
    try (var daemon = new FakeDaemon(home).then(0, "", "")) {
      assertThat(client.run(line.split(" "))).as(client.error()).isZero();
      assertThat(daemon.requests().getFirst()).startsWith("POST /verbs/" + verb + " ");
      assertThat(sent(daemon.requests().getFirst())).contains(fields.split("&"));
      assertThat(client.error()).isEmpty();
    }
  }

  @Test
  void whatHasNoEffectIsSaidOnceAndTheCommandGoesOn() {
    try (var _ = new FakeDaemon(home).then(0, "", "a table\n")) {
      assertThat(client.run("--backend", "pass", "list", "--keychain=x", "--backend", "file"))
          .isZero();
    }
    assertThat(client.out()).isEqualTo("a table\n");
    assertThat(client.error())
        .hasLineCount(2)
        .contains(
            "jvault: --backend has no effect: jvault has one vault",
            "jvault: --keychain has no effect: jvault has one vault");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ad", "imprt", "exprt", "remov", "rotat", "cler", "restrt", "stopp", "lok", "rvoke"
      })
  void noHintNamesAVerbThatChangesAnything(String typed) {
    assertThat(client.run(typed)).isEqualTo(2);
    for (String verb : CHANGING) {
      assertThat(client.error()).doesNotContain("`" + verb + "`");
    }
  }

  @Test
  void showsWhatTheDaemonDoesWhileItDoesIt() {
    try (var daemon =
        new FakeDaemon(home)
            .thenAsks("debug", "off", "0.001 s  a \u001b[31mline")
            .then(0, "", "a table\n")) {
      assertThat(client.run("list", "--debug")).isZero();
      assertThat(daemon.requests().get(1)).startsWith("POST /conversations/c1 ");
    }
    assertThat(client.out()).isEqualTo("a table\n");
    assertThat(client.error()).isEqualTo("jvault: debug: 0.001 s  a \\u001b[31mline\n");
  }

  private static List<String> sent(String request) {
    return List.of(request.substring(request.lastIndexOf('\n') + 1).split("[& ]"));
  }
}
