package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code import}: plaintext keys that move into the vault, and those that do not. */
final class ImportVerbTest {
  private static final String PAIR =
      "aws_access_key_id = "
          + VerbRunner.KEY_ID
          + "\naws_secret_access_key = "
          + VerbRunner.KEY_SECRET
          + "\n";

  @TempDir Path home;
  private VerbRunner runner;

  @BeforeEach
  void start() throws IOException {
    runner = VerbRunner.empty(home);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  void movesTheKeyIntoANewVaultAndChangesNoOtherByte() throws IOException {
    byte[] before =
        ("# \u00fc \r\n[dev]\r\n  "
                + PAIR.replace("\naws", "\r\n\taws").stripTrailing()
                + "\r\n# note\r\nregion=x-1\r\n[other]\naws_access_key_id = OTHER\n\n[caf\u00e9]")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(credentials(), before);
    mode(credentials(), "rw-r--r--");

    ControlResponse response = VerbRunner.succeeded(importing("dev"));

    assertThat(response.message())
        .contains("Created a new vault", "Moved the key " + VerbRunner.KEY_ID + " of dev (")
        .contains("delete that once everything works")
        .doesNotContain(VerbRunner.KEY_SECRET);
    assertThat(new String(Files.readAllBytes(credentials()), StandardCharsets.ISO_8859_1))
        .isEqualTo(
            new String(
                ("# \u00fc \r\n[dev]\r\n# note\r\nregion=x-1\r\n"
                        + "[other]\naws_access_key_id = OTHER\n\n[caf\u00e9]")
                    .getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.ISO_8859_1));
    assertThat(mode(credentials())).isEqualTo("rw-------");
    Path backup = backups().getFirst();
    assertThat(Files.readAllBytes(backup)).isEqualTo(before);
    assertThat(mode(backup)).isEqualTo("rw-------");
    assertThat(response.message()).contains(backup.toString());
    assertThat(runner.exec("dev").value("AWS_VAULT")).contains("dev");
    assertThat(runner.calls("GetSessionToken")).isEqualTo(1);
    assertThat(importing("dev").message()).contains("has no key in plain text");
  }

  @Test
  void followsASymbolicLinkAndKeepsIt() throws IOException {
    Path real = Files.writeString(home.resolve("dotfiles-credentials"), "[dev]\n" + PAIR);
    Files.createSymbolicLink(credentials(), real);
    VerbRunner.succeeded(importing("dev"));
    assertThat(credentials()).isSymbolicLink();
    assertThat(real).hasContent("[dev]\n");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.filter(file -> file.toString().contains(".jvault-"))).hasSize(1);
    }
  }

  @Test
  void removesAKeyFromBothFiles() throws IOException {
    Files.writeString(credentials(), "[dev]\n" + PAIR);
    runner.config("[profile dev]\n" + PAIR + "region = eu-west-1\n");
    VerbRunner.succeeded(importing("dev"));
    assertThat(credentials()).hasContent("[dev]\n");
    assertThat(runner.configFile()).hasContent("[profile dev]\nregion = eu-west-1\n");
    assertThat(backups()).hasSize(2);
  }

  @Test
  void importsAllThatItCanAndReportsTheRest() throws IOException {
    Files.writeString(
        credentials(),
        "[dev]\n" + PAIR + "[temp]\n" + PAIR + "aws_session_token = t\n[two]\n" + PAIR);
    ControlResponse response = VerbRunner.succeeded(call("all=true"));
    assertThat(response.message())
        .contains("Left temp: aws_session_token (", "Moved the key", " of dev (", " of two (");
    assertThat(credentials())
        .hasContent("[dev]\n[temp]\n" + PAIR + "aws_session_token = t\n[two]\n");
    assertThat(backups()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          region = x-1                          | has no key in plain text
          aws_access_key_id = AKIAIOSFODNN7EX1  | has no aws_secret_access_key beside it
          aws_secret_access_key = abcdefghijklmnopqrst | has no aws_access_key_id beside it
          PAIR~aws_session_token = x            | temporary credentials
          PAIR~aws_security_token = x           | temporary credentials
          PAIR~broken                           | is broken
          PAIR~aws_access_key_id = AKIAIOSFODNN7EX2 | twice
          aws_access_key_id = ASIAIOSFODNN7EXAM~aws_secret_access_key = abcdefghijklmnopqrst | temporary
          aws_access_key_id = not a key         | has no aws_secret_access_key beside it
          aws_access_key_id = not a key~aws_secret_access_key = abcdefghijklmnopqrst | is no access key ID
          aws_access_key_id = AKIAIOSFODNN7EX1~aws_secret_access_key = short | is no secret
          """)
  void refusesAnInvalidKeyAndChangesNothing(String lines, String reason) throws IOException {
    String text = "[dev]\n" + lines.replace("PAIR~", PAIR).replace("~", "\n") + "\n";
    Files.writeString(credentials(), text);
    ControlResponse response = importing("dev");
    assertThat(response.ended(ExitCode.PROFILE)).as(response.toString()).isTrue();
    assertThat(response.message()).contains(reason).doesNotContain(VerbRunner.KEY_SECRET);
    assertThat(credentials()).hasContent(text);
    assertThat(backups()).isEmpty();
    assertThat(home.resolve("jv/state/vault/keys.age")).doesNotExist();
  }

  @Test
  void refusesAnotherKeyInTheOtherFile() throws IOException {
    Files.writeString(credentials(), "[dev]\n" + PAIR);
    runner.config("[profile dev]\naws_access_key_id = AKIAIOSFODNN7OTHER2\n");
    assertThat(importing("dev").message()).contains("differs from that of the key at");
    assertThat(backups()).isEmpty();
  }

  @Test
  void replacesAnotherKeyInTheVaultOnlyWithForceAndConfirmation() throws IOException {
    runner.addKey("dev", "AKIAIOSFODNN7OTHER22");
    Files.writeString(credentials(), "[dev]\n" + PAIR);
    assertThat(importing("dev").message())
        .contains("The vault has another key for dev (AKIAIOSFODNN7OTHER22)", "--force");
    assertThat(call("profile=dev", "force=true").ended(ExitCode.PERSON)).isTrue();
    assertThat(credentials()).hasContent("[dev]\n" + PAIR);

    var person = runner.caller().atTerminal();
    ControlResponse question = person.call("import", "profile=dev", "force=true");
    assertThat(question.question()).contains("Replace the vault's for good? [y/N]");
    assertThat(person.reply(question, "n").ended(ExitCode.PERSON)).isTrue();
    assertThat(backups()).isEmpty();
    question = person.call("import", "profile=dev", "force=true");
    assertThat(person.reply(question, "y").ended(ExitCode.OK)).isTrue();
    assertThat(credentials()).hasContent("[dev]\n");
    assertThat(runner.caller().call("list").body()).contains(VerbRunner.KEY_ID);
  }

  @Test
  void removesAKeyThatTheVaultAlreadyHoldsFromTheFile() throws IOException {
    runner.addKey("dev", VerbRunner.KEY_ID);
    Files.writeString(credentials(), "[dev]\n" + PAIR);
    VerbRunner.succeeded(importing("dev"));
    assertThat(credentials()).hasContent("[dev]\n");
  }

  @Test
  void listSaysWherePlaintextKeysAre() throws IOException {
    Files.writeString(credentials(), "[dev]\n" + PAIR);
    String line =
        "dev has its key in plain text at "
            + credentials()
            + ":2; `jvault import dev` moves it into the vault.";
    assertThat(runner.caller().call("list").message()).isEqualTo(line);
    assertThat(runner.caller().call("list", "profiles=true").message()).isEmpty();
  }

  private ControlResponse importing(String name) {
    return call("profile=" + name);
  }

  private ControlResponse call(String... fields) {
    return runner.caller().call("import", fields);
  }

  private Path credentials() {
    return home.resolve(".aws/credentials");
  }

  private List<Path> backups() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".aws"))) {
      return files.filter(file -> file.toString().endsWith(".bak")).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
