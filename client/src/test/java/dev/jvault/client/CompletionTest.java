package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What `jvault __complete` offers to the completions of the shells, without Java. */
final class CompletionTest {
  private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path folder;
  private InstalledTree tree;
  private Path credentials;

  @BeforeEach
  void install() throws IOException {
    tree = new InstalledTree(folder);
    tree.addReference();
    tree.environment().put("AWS_CONFIG_FILE", tree.config.toString());
    credentials = folder.resolve("aws/credentials");
    tree.environment().put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
    Files.writeString(
        tree.config,
        """
        [default]
        [profile dev]
        role_arn = arn:aws:iam::222222222222:role/Developer
        [profile "two words"] # quoted
        \t[not a header
        [sso-session corp]
        [services s3]
        [ profile  dev2 ]
        [profile odd]bracket]
        """);
    Files.writeString(credentials, "[keyed]\naws_access_key_id = AKIA\n");
    Files.setLastModifiedTime(tree.config, FileTime.from(OLD));
    Files.setLastModifiedTime(credentials, FileTime.from(OLD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ex                          | explain, exec, export
          -                           | --help, --version
          exec _                      | default, dev, two words, dev2, keyed
          exec de                     | default, dev, dev2
          exec --region x --prompt ze | zenity
          exec --prompt=z             | --prompt=zenity
          exec -nd 1                  | 15m, 1h, 12h
          exec --dur                  | --duration
          exec --env --en             | ''
          exec --allow-role a --allow | --allow-role
          env --shell _               | sh, fish, powershell
          server --imds de            | \\tnospace, default=, dev=, dev2=
          server --imds dev=          | ''
          server --profile dev2       | dev2
          sso _                       | setup, login, logout, list, accounts
          sso login _                 | corp
          sso list _                  | ''
          link-local up d             | default, dev, dev2
          unlock dev d                | default, dev, dev2
          explain dev _               | ''
          help exe                    | exec
          ls --prof                   | --profiles
          add -- de                   | default, dev, dev2
          log --since 3               | 30m
          exec dev _                  | \\tcommand 2
          exec dev --                 | --imds, --ecs, --eks, --env, --no-session, --token-env, --bind, --allow-role, --region, --duration, --mfa-token, --prompt, --debug, --help
          exec dev -- _               | \\tcommand 3
          exec -n dev aws s3          | \\tcommand 3
          exec --prompt x dev -- a b  | \\tcommand 5
          nothing _                   | ''
          ../version _                | ''
          """)
  void offersWhatCanBeTyped(String line, String candidates) {
    List<String> words = words(line);

    assertThat(offered(words)).isEqualTo(expected(candidates));
    assertThat(tree.javaArguments()).as("Java was not started").isEmpty();
  }

  @Test
  void everyVerbHasAnAnswerForItsOptions() {
    for (Verb verb : Verbs.all()) {
      List<String> options =
          verb.options().getOptions().stream().map(option -> "--" + option.getLongOpt()).toList();

      assertThat(offered(List.of(verb.help().name(), "--")))
          .containsAll(options)
          .contains("--help");
    }
  }

  @Test
  void saysWhatEachCandidateIs() {
    assertThat(complete("exec", "--reg"))
        .isEqualTo("--region\tthe region, whatever the profile says\n");
    assertThat(complete("exec", "key")).isEqualTo("keyed\tin the credentials file\n");
    assertThat(complete("unl")).startsWith("unlock\topen the vault");
  }

  @Test
  void prefersWhatTheDaemonPreparedForTheseFiles() {
    prepare(tree.config);

    assertThat(complete("exec", "d")).isEqualTo("dev\trole Developer in 222222222222 via work\n");
    assertThat(complete("sso", "login", "")).isEqualTo("corp\thttps://corp.example\n");
  }

  @Test
  void readsTheHeadersItselfIfTheConfigFileIsNewerOrAnother() throws IOException {
    prepare(tree.config);
    Files.setLastModifiedTime(tree.config, FileTime.from(Instant.parse("2090-01-01T00:00:00Z")));
    assertThat(offered(List.of("exec", "d"))).containsExactly("default", "dev", "dev2");

    Files.setLastModifiedTime(tree.config, FileTime.from(OLD));
    assertThat(offered(List.of("exec", "d"))).containsExactly("dev");
    prepare(folder.resolve("another"));
    assertThat(offered(List.of("exec", "d"))).containsExactly("default", "dev", "dev2");

    prepare(tree.config);
    Files.delete(credentials);
    assertThat(offered(List.of("exec", "d"))).containsExactly("default", "dev", "dev2");
  }

  @Test
  void offersTheGrantsThatTheDaemonListed() {
    assertThat(complete("revoke", "")).isEmpty();
    write("grants", "dev-terminal\tterminals, dev\nops-server\tIDEs and apps, ops\n");

    assertThat(complete("revoke", "de")).isEqualTo("dev-terminal\tterminals, dev\n");
  }

  @Test
  @Attack("completion-text")
  void evaluatesNothingAndOffersNoNameThatATerminalObeys() throws IOException {
    Path proof = folder.resolve("proof");
    String evil = "a$(touch " + proof + ")`touch " + proof + "`";
    Files.writeString(
        tree.config,
        "[profile %s]\n[profile e\u001b[31m]\n[profile r\u202el]\n[profile z\u200bz]\n[profile é]\n"
            .formatted(evil));
    Files.delete(credentials);

    assertThat(offered(List.of("exec", ""))).containsExactly(evil, "é");
    assertThat(offered(List.of("exec", "a$("))).containsExactly(evil);
    assertThat(complete("exec", evil, "x")).isEqualTo("\tcommand 2\n");
    assertThat(complete("$(touch " + proof + ")", "")).isEmpty();
    assertThat(complete("exec", "--prompt=$(touch " + proof + ")")).isEmpty();
    assertThat(proof).doesNotExist();
  }

  @Test
  void saysNothingAboutWhatItCannotRead() throws IOException {
    Files.delete(tree.config);
    Files.createDirectory(tree.config);
    Files.delete(credentials);
    tree.environment().remove("HOME");

    assertThat(offered(List.of("exec", ""))).isEmpty();
    try (var all = Files.list(tree.lib.resolve("completion"))) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    assertThat(complete("")).isEmpty();
    assertThat(complete("exec", "")).isEmpty();
    Files.delete(tree.lib.resolve("complete.bash"));
    assertThat(complete("exec", "")).isEmpty();
  }

  private void prepare(Path config) {
    write(
        "profiles",
        """
        jvault-completion 1
        config + %s
        credentials + %s
        profile dev\trole Developer in 222222222222 via work
        session corp\thttps://corp.example
        """
            .formatted(config, credentials));
  }

  private void write(String name, String text) {
    Path file = tree.home.resolve("run/completion").resolve(name);
    try {
      Files.createDirectories(file.resolveSibling(""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    InstalledTree.write(file, text);
  }

  private List<String> offered(List<String> words) {
    return complete(words.toArray(String[]::new))
        .lines()
        .map(line -> line.startsWith("\t") ? line : line.split("\t", -1)[0])
        .toList();
  }

  private String complete(String... words) {
    var line = new ArrayList<>(List.of("__complete"));
    line.addAll(List.of(words));
    var result = tree.run(line.toArray(String[]::new));
    assertThat(result.error()).isEmpty();
    assertThat(result.exit()).isZero();
    return result.out();
  }

  /** The words of a line, where an underscore is an empty word. */
  private static List<String> words(String line) {
    return List.of(line.replace("_", "").split(" ", -1));
  }

  private static List<String> expected(String candidates) {
    return candidates.isEmpty()
        ? List.of()
        : List.of(candidates.replace("\\t", "\t").split(", ", -1));
  }
}
