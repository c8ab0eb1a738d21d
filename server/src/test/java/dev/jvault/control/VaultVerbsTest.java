package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that manage the vault, each with good and with bad input. */
final class VaultVerbsTest {
  @TempDir Path home;
  private VerbRunner runner;
  private VerbRunner.Caller person;

  @BeforeEach
  void start() throws IOException {
    runner = VerbRunner.empty(home);
    person = runner.caller().atTerminal();
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  void addAsksForBothHalvesOfTheKeyAndForTheSection() throws IOException {
    ControlResponse id = person.call("add", "profile=new");
    assertThat(id.question()).isEqualTo("text on: Access key ID: ");
    ControlResponse secret = person.reply(id, " " + VerbRunner.KEY_ID + " ");
    assertThat(secret.question()).isEqualTo("secret off: Secret access key: ");
    ControlResponse section = person.reply(secret, VerbRunner.KEY_SECRET);
    assertThat(section.question())
        .isEqualTo("confirm on: Add [profile new] to " + runner.configFile() + "? [y/N] ");
    ControlResponse end = person.reply(section, "y");
    assertThat(end.ended(ExitCode.OK)).isTrue();
    assertThat(end.message())
        .contains("Created a new vault", "Stored the key AKIAIOSFODNN7EXAMPLE for new.")
        .contains("Profiles that use it: new.")
        .doesNotContain(VerbRunner.KEY_SECRET);
    assertThat(Files.readString(runner.configFile())).contains("[profile new]");
  }

  @Test
  void addNamesEveryProfileThatUsesTheKey() {
    ControlResponse response = add(runner.caller(), "dev", VerbRunner.KEY_ID, "secret");
    assertThat(response.message()).contains("Profiles that use it: dev, deploy, audit.");
  }

  @Test
  void addLeavesTheConfigFileUnchangedAfterANo() throws IOException {
    String before = Files.readString(runner.configFile());
    ControlResponse question = add(person, "new", VerbRunner.KEY_ID, "secret");
    assertThat(person.reply(question, "").message()).contains("Note: ");
    assertThat(Files.readString(runner.configFile())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "AKIA IOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "AKIA/../../../etc"})
  void addRefusesAnInvalidKeyIdAndCreatesNoVault(String id) {
    ControlResponse response = add(runner.caller(), "dev", id, "secret");
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(runner.files().vault()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "two\nlines", "tab\there"})
  void addRefusesAnInvalidSecretAndDoesNotRepeatIt(String secret) {
    ControlResponse response = add(runner.caller(), "dev", VerbRunner.KEY_ID, secret);
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message()).doesNotContain("lines", "here");
  }

  @Test
  void addWithoutATerminalSaysHowToGiveTheKey() {
    ControlResponse response = runner.caller().call("add", "profile=dev");
    assertThat(response.ended(ExitCode.PERSON)).isTrue();
    assertThat(response.message()).contains("--env");
    assertThat(runner.files().vault()).doesNotExist();
  }

  @Test
  void addReplacesAKeyWithItsSessions() {
    addKeys();
    var _ = runner.exec("dev");
    var caller = runner.caller().with("replace=true");
    assertThat(add(caller, "dev", "AKIAUNKNOWNTOAWS0000", "x").message())
        .contains("Replaced the key AKIAIOSFODNN7EXAMPLE of dev by AKIAUNKNOWNTOAWS0000.");
    runner.sts().answer(new Outcome.Denied(Outcome.Reason.WRONG_SECRET, "The secret is another."));
    assertThat(runner.caller().call("exec", "profile=dev").ended(ExitCode.DENIED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "dots.and-dashes", "größe", "it's", "sl/ash", "[x]"})
  void oddNamesWorkLikeOthers(String name) {
    addKeys();
    assertThat(add(runner.caller(), name, VerbRunner.KEY_ID, "s").ended(ExitCode.OK)).isTrue();
    assertThat(runner.caller().call("list", "credentials=true").body()).contains(name + "\n");
    assertThat(list("profiles=true")).doesNotContain(name);
    ControlResponse removed = runner.caller().call("remove", "profile=" + name, "force=true");
    assertThat(removed.ended(ExitCode.OK)).isTrue();
  }

  @Test
  void listShowsProfilesKeysAndSessionsInAllForms() {
    addKeys();
    var _ = runner.exec("deploy");
    assertThat(list())
        .startsWith("Profile   Key                   Session            Key age\n")
        .containsPattern("deploy +- +1 h [(]until \\d\\d:\\d\\d[)] +-\n")
        .containsPattern("dev +AKIAIOSFODNN7EXAMPLE +- +0 d or more\n");
    assertThat(list("profiles=true")).isEqualTo("audit\ndeploy\ndev\nmfa\nmfa-role\n");
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    assertThat(list("sessions=true"))
        .containsPattern("deploy +dev +arn:.*:role/deploy +1 h [(]until")
        .doesNotContain("audit");
    assertThat(list("json=true"))
        .contains("\"name\": \"dev\"", "\"accessKeyId\": \"AKIAIOSFODNN7EXAMPLE\"")
        .containsPattern("\"sessionExpiration\": \"20\\d\\d-");
    assertThat(list("caller.columns=40").lines()).allMatch(line -> line.length() <= 40);
  }

  @Test
  void listBeforeThereIsAVaultShowsTheProfiles() {
    ControlResponse response = runner.caller().call("list", "profiles=true");
    assertThat(response.body()).contains("dev\n");
    assertThat(response.message()).isEmpty();
    assertThat(list("json=true")).doesNotContain("accessKeyId");
  }

  @Test
  void listNamesTheFileAndLineOfAConfigThatCannotBeParsed() {
    runner.config("[profile dev]\nregion = eu-west-1\n[profile broken\n");
    ControlResponse response = runner.caller().call("exec", "profile=broken");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message()).contains(runner.configFile() + ":3");
  }

  @Test
  void removeAsksFirst() {
    addKeys();
    ControlResponse question = person.call("remove", "profile=dev");
    assertThat(question.question())
        .isEqualTo("confirm on: Remove the key of dev and its sessions? [y/N] ");
    assertThat(person.reply(question, "no").ended(ExitCode.PERSON)).isTrue();
    assertThat(runner.caller().call("remove", "profile=dev").ended(ExitCode.PERSON)).isTrue();
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    var _ = runner.exec("audit");
    assertThat(person.converse("remove", List.of("YES"), "profile=dev").message())
        .isEqualTo("Removed the key of dev and 2 sessions.");
    assertThat(list("credentials=true")).isEqualTo("mfa\n");
  }

  @Test
  void removingSessionsKeepsTheKey() {
    addKeys();
    var _ = runner.exec("dev");
    ControlResponse response =
        runner.caller().call("remove", "profile=dev", "sessions-only=true", "force=true");
    assertThat(response.message()).isEqualTo("Removed 1 session of dev; its key is kept.");
    assertThat(runner.files().readyFiles().resolve("dev")).doesNotExist();
    long before = runner.calls("GetSessionToken");
    var _ = runner.exec("dev");
    assertThat(runner.calls("GetSessionToken")).isEqualTo(before + 1);
  }

  @Test
  void removingAMissingKeyIsAnError() {
    addKeys();
    ControlResponse response = runner.caller().call("remove", "profile=nobody", "force=true");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message()).contains("nobody");
  }

  @Test
  void clearForgetsSessionsAndKeepsKeys() {
    assertThat(runner.caller().call("clear").message()).isEqualTo("There are no sessions.");
    addKeys();
    var _ = runner.exec("dev");
    var _ = runner.exec("deploy");
    assertThat(runner.caller().call("clear", "profile=deploy").message())
        .startsWith("Forgot 1 session;");
    assertThat(runner.caller().call("clear").message()).startsWith("Forgot 1 session;");
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    assertThat(runner.caller().call("clear", "profile=dve").ended(ExitCode.PROFILE)).isTrue();
  }

  @Test
  @Attack("no-long-lived-keys")
  void recoveryKeyIsShownOnlyAfterAYes() {
    assertThat(person.call("recovery-key").ended(ExitCode.VAULT)).isTrue();
    addKeys();
    ControlResponse nobody = runner.caller().call("recovery-key");
    assertThat(nobody.ended(ExitCode.PERSON)).isTrue();
    assertThat(nobody.body()).isEmpty();
    ControlResponse question = person.call("recovery-key");
    assertThat(question.question()).startsWith("confirm on: Anyone who sees the recovery key");
    assertThat(person.reply(question, "n").ended(ExitCode.PERSON)).isTrue();
    ControlResponse shown = person.converse("recovery-key", List.of("y"));
    assertThat(shown.body()).matches("AGE-SECRET-KEY-1[0-9A-Z]{58}\n");
    assertThat(shown.message()).contains("age -d -i").doesNotContain("AGE-SECRET");
  }

  private void addKeys() {
    runner.addKey("dev", VerbRunner.KEY_ID);
    runner.addKey("mfa", VerbRunner.KEY_ID);
  }

  private String list(String... options) {
    return VerbRunner.succeeded(runner.caller().call("list", options)).body();
  }

  private static ControlResponse add(
      VerbRunner.Caller caller, String name, String id, String secret) {
    return caller.call(
        "add", "profile=" + name, "access-key-id=" + id, "secret-access-key=" + secret);
  }
}
