package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
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

/** The verbs about what the vault holds, each with good and with bad input. */
final class VaultVerbsTest {
  @TempDir Path home;
  private RunningJvault jvault;
  private ControlTestClient person;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    person = jvault.caller().atTerminal();
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void addAsksForBothHalvesOfTheKeyAndForTheSection() throws IOException {
    ControlResponse id = person.call("add", "profile=new");
    assertThat(id.question()).isEqualTo("text on: Access key ID: ");
    ControlResponse secret = person.reply(id, " " + RunningJvault.KEY_ID + " ");
    assertThat(secret.question()).isEqualTo("secret off: Secret access key: ");
    ControlResponse section = person.reply(secret, RunningJvault.KEY_SECRET);
    assertThat(section.question())
        .isEqualTo("confirm on: Add [profile new] to " + jvault.configFile() + "? [y/N] ");
    ControlResponse end = person.reply(section, "y");
    assertThat(end.ended(ExitCode.OK)).isTrue();
    assertThat(end.message())
        .contains("Made a new vault", "Stored the key AKIAIOSFODNN7EXAMPLE for new.")
        .contains("Profiles that work now: new.")
        .doesNotContain(RunningJvault.KEY_SECRET);
    assertThat(Files.readString(jvault.configFile())).contains("[profile new]");
  }

  @Test
  void addNamesEveryProfileThatWorksNow() {
    ControlResponse answer = add(jvault.caller(), "dev", RunningJvault.KEY_ID, "secret");
    assertThat(answer.message()).contains("Profiles that work now: dev, deploy, audit.");
  }

  @Test
  void addLeavesTheConfigAloneWhenToldTo() throws IOException {
    String before = Files.readString(jvault.configFile());
    ControlResponse question = add(person, "new", RunningJvault.KEY_ID, "secret");
    assertThat(person.reply(question, "").message()).contains("Note: ");
    assertThat(Files.readString(jvault.configFile())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "AKIA IOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "AKIA/../../../etc"})
  void addRefusesWhatIsNoLongLivedKeyAndMakesNoVault(String id) {
    ControlResponse answer = add(jvault.caller(), "dev", id, "secret");
    assertThat(answer.ended(ExitCode.USAGE)).isTrue();
    assertThat(jvault.files().vault()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "two\nlines", "tab\there"})
  void addRefusesWhatIsNoSecretAndDoesNotRepeatIt(String secret) {
    ControlResponse answer = add(jvault.caller(), "dev", RunningJvault.KEY_ID, secret);
    assertThat(answer.ended(ExitCode.USAGE)).isTrue();
    assertThat(answer.message()).doesNotContain("lines", "here");
  }

  @Test
  void addWithoutATerminalSaysHowToGiveTheKey() {
    ControlResponse answer = jvault.caller().call("add", "profile=dev");
    assertThat(answer.ended(ExitCode.PERSON)).isTrue();
    assertThat(answer.message()).contains("--env");
    assertThat(jvault.files().vault()).doesNotExist();
  }

  @Test
  void addReplacesAKeyWithItsSessions() {
    addKeys();
    var _ = jvault.exec("dev");
    assertThat(add(jvault.caller(), "dev", "AKIAUNKNOWNTOAWS0000", "x").message())
        .contains("Replaced the key AKIAUNKNOWNTOAWS0000 for dev.");
    assertThat(jvault.caller().call("exec", "profile=dev").ended(ExitCode.DENIED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "dots.and-dashes", "größe", "it's", "sl/ash", "[x]"})
  void oddNamesAreNamesLikeOthers(String name) {
    addKeys();
    assertThat(add(jvault.caller(), name, RunningJvault.KEY_ID, "s").ended(ExitCode.OK)).isTrue();
    assertThat(jvault.caller().call("list", "credentials=true").body()).contains(name + "\n");
    assertThat(list("profiles=true")).doesNotContain(name);
    ControlResponse removed = jvault.caller().call("remove", "profile=" + name, "force=true");
    assertThat(removed.ended(ExitCode.OK)).isTrue();
  }

  @Test
  void listShowsProfilesKeysAndSessionsInAllForms() {
    addKeys();
    var _ = jvault.exec("deploy");
    assertThat(list())
        .startsWith("Profile   Key                   Session\n")
        .containsPattern("deploy +- +59m \\d+s\n")
        .containsPattern("dev +AKIAIOSFODNN7EXAMPLE +-\n");
    assertThat(list("profiles=true")).isEqualTo("audit\ndeploy\ndev\nmfa\nmfa-role\n");
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    assertThat(list("sessions=true"))
        .containsPattern("dev +.*role/deploy.* +59m \\d+s\n")
        .doesNotContain("audit");
    assertThat(list("json=true"))
        .contains("\"name\": \"dev\"", "\"accessKeyId\": \"AKIAIOSFODNN7EXAMPLE\"")
        .containsPattern("\"sessionExpiration\": \"20\\d\\d-");
    assertThat(list("caller.columns=40").lines()).allMatch(line -> line.length() <= 40);
  }

  @Test
  void listBeforeThereIsAVaultShowsTheProfiles() {
    ControlResponse answer = jvault.caller().call("list", "profiles=true");
    assertThat(answer.body()).contains("dev\n");
    assertThat(answer.message()).isEmpty();
    assertThat(list("json=true")).doesNotContain("accessKeyId");
  }

  @Test
  void listNamesTheFileAndLineOfAConfigThatCannotBeParsed() {
    jvault.config("[profile dev]\nregion = eu-west-1\n[profile broken\n");
    ControlResponse answer = jvault.caller().call("exec", "profile=broken");
    assertThat(answer.ended(ExitCode.PROFILE)).isTrue();
    assertThat(answer.message()).contains(jvault.configFile() + ":3");
  }

  @Test
  void removeAsksFirst() {
    addKeys();
    ControlResponse question = person.call("remove", "profile=dev");
    assertThat(question.question())
        .isEqualTo("confirm on: Remove the key of dev and its sessions? [y/N] ");
    assertThat(person.reply(question, "no").ended(ExitCode.PERSON)).isTrue();
    assertThat(jvault.caller().call("remove", "profile=dev").ended(ExitCode.PERSON)).isTrue();
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    var _ = jvault.exec("audit");
    assertThat(person.converse("remove", List.of("YES"), "profile=dev").message())
        .isEqualTo("Removed the key of dev and 2 sessions.");
    assertThat(list("credentials=true")).isEqualTo("mfa\n");
  }

  @Test
  void removeOfSessionsKeepsTheKey() {
    addKeys();
    var _ = jvault.exec("dev");
    ControlResponse answer =
        jvault.caller().call("remove", "profile=dev", "sessions-only=true", "force=true");
    assertThat(answer.message()).isEqualTo("Removed 1 session of dev; its key is kept.");
    assertThat(jvault.files().readyFiles().resolve("dev")).doesNotExist();
    int before = jvault.sts().calls("GetSessionToken");
    var _ = jvault.exec("dev");
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(before + 1);
  }

  @Test
  void removeOfWhatIsNotThereIsAnError() {
    addKeys();
    ControlResponse answer = jvault.caller().call("remove", "profile=nobody", "force=true");
    assertThat(answer.ended(ExitCode.PROFILE)).isTrue();
    assertThat(answer.message()).contains("nobody");
  }

  @Test
  void clearForgetsSessionsAndKeepsKeys() {
    assertThat(jvault.caller().call("clear").message()).isEqualTo("There are no sessions.");
    addKeys();
    var _ = jvault.exec("dev");
    var _ = jvault.exec("deploy");
    assertThat(jvault.caller().call("clear", "profile=deploy").message())
        .startsWith("Forgot 1 session;");
    assertThat(jvault.caller().call("clear").message()).startsWith("Forgot 1 session;");
    assertThat(list("credentials=true")).isEqualTo("dev\nmfa\n");
    assertThat(jvault.caller().call("clear", "profile=dve").ended(ExitCode.PROFILE)).isTrue();
  }

  @Test
  void recoveryKeyIsShownAfterAWordOnly() {
    assertThat(person.call("recovery-key").ended(ExitCode.VAULT)).isTrue();
    addKeys();
    ControlResponse nobody = jvault.caller().call("recovery-key");
    assertThat(nobody.ended(ExitCode.PERSON)).isTrue();
    assertThat(nobody.body()).isEmpty();
    ControlResponse question = person.call("recovery-key");
    assertThat(question.question()).startsWith("confirm on: Whoever sees the recovery key");
    assertThat(person.reply(question, "n").ended(ExitCode.PERSON)).isTrue();
    ControlResponse shown = person.converse("recovery-key", List.of("y"));
    assertThat(shown.body()).matches("AGE-SECRET-KEY-1[0-9A-Z]{58}\n");
    assertThat(shown.message()).contains("age -d -i").doesNotContain("AGE-SECRET");
  }

  private void addKeys() {
    jvault.addKey(jvault.caller(), "dev", RunningJvault.KEY_ID);
    jvault.addKey(jvault.caller(), "mfa", RunningJvault.KEY_ID);
  }

  private String list(String... options) {
    return RunningJvault.succeeded(jvault.caller().call("list", options)).body();
  }

  private static ControlResponse add(
      ControlTestClient caller, String name, String id, String secret) {
    return caller.call(
        "add", "profile=" + name, "access-key-id=" + id, "secret-access-key=" + secret);
  }
}
