package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.KeyCheck;
import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code add} and {@code import} with keys that are swapped, foreign, replaced or unknown. */
final class AddVerbTest {
  private static final String OTHER_ID = "AKIAOTHEROTHEROTHER2";

  /** As AWS's documentation shows secrets. */
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  @TempDir Path home;
  private VerbRunner runner;
  private VerbRunner.Caller person;
  private VerbRunner.Caller script;

  @BeforeEach
  void start() {
    runner = VerbRunner.empty(home);
    person = runner.caller().atTerminal();
    script = runner.caller();
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  @Attack("no-secret-sent")
  void aSecretInThePlaceOfTheIdIsRefusedBeforeTheSecondQuestion() {
    ControlResponse id = person.call("add", "profile=dev");
    ControlResponse end = person.reply(id, " " + SECRET + " ");
    assertThat(end.ended(ExitCode.USAGE)).as(end.toString()).isTrue();
    assertThat(end.message()).contains("looks like a secret access key").doesNotContain("wJalr");
    assertThat(runner.files().vault()).doesNotExist();
  }

  @Test
  void anIdInThePlaceOfTheSecretIsRefused() {
    ControlResponse end = add(script, "dev", OTHER_ID, VerbRunner.KEY_ID);
    assertThat(end.ended(ExitCode.USAGE)).isTrue();
    assertThat(end.message()).contains("looks like an access key ID");
    assertThat(runner.files().vault()).doesNotExist();
  }

  @Test
  void anIdThatIsNoneOfAwsIsAskedAbout() {
    ControlResponse question = add(person, "dev", "test", "test");
    assertThat(question.question()).contains("not an access key ID of AWS", "[y/N]");
    assertThat(person.reply(question, "n").ended(ExitCode.USAGE)).isTrue();
    ControlResponse stored = person.reply(add(person, "dev", "test", "test"), "y");
    assertThat(VerbRunner.succeeded(stored).message()).contains("Stored the key test for dev.");
    assertThat(runner.calls("GetCallerIdentity")).isZero();
  }

  @Test
  void anIdThatIsNoneOfAwsNeedsAnOptionWithoutATerminal() {
    ControlResponse refused = add(script, "dev", "test", "test");
    assertThat(refused.ended(ExitCode.USAGE)).isTrue();
    assertThat(refused.message()).contains("--any-id");
    VerbRunner.succeeded(add(script, "dev", "test", "test", "any-id=true"));
  }

  @Test
  void theOptionForOtherIdsAllowsNoSecretAndNoTemporaryId() {
    assertThat(add(script, "dev", SECRET, "x", "any-id=true").ended(ExitCode.USAGE)).isTrue();
    assertThat(add(script, "dev", "ASIAIOSFODNN7EXAMPLE", "x", "any-id=true").message())
        .contains("temporary credentials");
  }

  @Test
  void replacingAKeyIsAskedAboutAndNamesTheOldOne() {
    runner.addKey("dev", VerbRunner.KEY_ID);
    ControlResponse question = add(person, "dev", OTHER_ID, SECRET);
    assertThat(question.question()).contains(VerbRunner.KEY_ID, OTHER_ID, "for good? [y/N]");
    assertThat(person.reply(question, "").ended(ExitCode.PERSON)).isTrue();
    assertThat(keys()).contains(VerbRunner.KEY_ID).doesNotContain(OTHER_ID);
    ControlResponse replaced = person.reply(add(person, "dev", OTHER_ID, SECRET), "y");
    assertThat(replaced.message())
        .contains("Replaced the key " + VerbRunner.KEY_ID + " of dev by " + OTHER_ID + ".");
    assertThat(keys()).contains(OTHER_ID);
  }

  @Test
  void replacingAKeyNeedsAnOptionWithoutATerminal() {
    runner.addKey("dev", VerbRunner.KEY_ID);
    ControlResponse refused = add(script, "dev", OTHER_ID, SECRET);
    assertThat(refused.ended(ExitCode.PERSON)).isTrue();
    assertThat(refused.message()).contains(VerbRunner.KEY_ID, "--replace");
    assertThat(keys()).contains(VerbRunner.KEY_ID);
    VerbRunner.succeeded(add(script, "dev", OTHER_ID, SECRET, "replace=true"));
    assertThat(keys()).contains(OTHER_ID);
  }

  @Test
  void theSameKeyAgainIsNoReplacement() {
    runner.addKey("dev", VerbRunner.KEY_ID);
    ControlResponse again = add(script, "dev", VerbRunner.KEY_ID, VerbRunner.KEY_SECRET);
    assertThat(VerbRunner.succeeded(again).message()).contains("was in the vault already");
  }

  @Test
  void addSaysWhoseTheKeyIsAndAsksTheProfilesEndpoint() {
    ControlResponse added = VerbRunner.succeeded(add(script, "dev", VerbRunner.KEY_ID, SECRET));
    assertThat(added.message())
        .contains("AWS knows the key: it is user me in account 123456789012.")
        .contains("Profiles that use it: dev, deploy, audit.");
    assertThat(runner.sts().calls()).containsExactly("GetCallerIdentity http://127.0.0.1:1");
  }

  @Test
  void aKeyThatAwsDoesNotKnowYetIsAskedAboutAgain() {
    runner.sts().check(new KeyCheck.UnknownId());
    runner.sts().check(new KeyCheck.UnknownId());
    ControlResponse notice = add(script, "dev", VerbRunner.KEY_ID, SECRET);
    assertThat(notice.question()).contains("asks again for 10 s");
    ControlResponse added = script.reply(notice, "");
    assertThat(VerbRunner.succeeded(added).message()).contains("AWS knows the key");
    assertThat(runner.calls("GetCallerIdentity")).isEqualTo(3);
  }

  @Test
  void aKeyThatAwsRefusesIsStoredOnlyAfterAYes() {
    runner.sts().check(new KeyCheck.WrongSecret());
    ControlResponse refused = add(script, "dev", VerbRunner.KEY_ID, SECRET);
    assertThat(refused.ended(ExitCode.DENIED)).isTrue();
    assertThat(refused.message()).contains("secret is not the one", "--no-check");
    assertThat(runner.files().vault()).doesNotExist();

    runner.sts().check(new KeyCheck.WrongSecret());
    ControlResponse question = add(person, "dev", VerbRunner.KEY_ID, SECRET);
    assertThat(question.question()).contains("Store it anyway? [y/N]");
    assertThat(VerbRunner.succeeded(person.reply(question, "y")).message())
        .contains("Stored the key", "secret is not the one")
        .doesNotContain("AWS knows the key:");
  }

  @Test
  void aKeyIsStoredIfAwsCannotBeAsked() {
    runner.sts().check(new KeyCheck.Unchecked("No connection to sts.example."));
    assertThat(VerbRunner.succeeded(add(script, "dev", VerbRunner.KEY_ID, SECRET)).message())
        .contains("Stored the key", "could not be checked", "No connection to sts.example.");
  }

  @Test
  void theCheckCanBeLeftOut() {
    var added = add(script, "dev", VerbRunner.KEY_ID, SECRET, "no-check=true");
    assertThat(VerbRunner.succeeded(added).message()).contains("--no-check");
    assertThat(runner.calls("GetCallerIdentity")).isZero();
  }

  @Test
  void aKeyThatAnotherSourceHidesIsNotSaidToWork() {
    runner.addKey("dev", VerbRunner.KEY_ID);
    ControlResponse added = VerbRunner.succeeded(add(script, "deploy", OTHER_ID, SECRET));
    assertThat(added.message())
        .contains("profile deploy does not use this key; it starts at the key of dev")
        .contains("source_profile (" + runner.configFile() + ":")
        .doesNotContain("Profiles that use it");
  }

  @Test
  void theHintAboutMfaComesOnlyForAProfileWithoutADevice() {
    assertThat(add(script, "dev", VerbRunner.KEY_ID, SECRET).message())
        .contains("dev has no mfa_serial", "IAM");
    assertThat(add(script, "mfa", VerbRunner.KEY_ID, SECRET).message())
        .doesNotContain("no mfa_serial");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void importRefusesASecretInThePlaceOfTheId(boolean all) throws IOException {
    String swapped = "aaaabbbbccccddddeeeeffffgggghhhhiiiiJJJJ";
    Path file = credentials("[dev]\n" + pair(swapped, OTHER_ID));
    ControlResponse response = importing(script, all);
    assertThat(response.message())
        .contains("aws_access_key_id (" + file + ":2) looks like a secret access key")
        .doesNotContain(swapped);
    assertThat(file).content().contains(swapped);
  }

  @Test
  void importAsksAboutAnIdThatIsNoneOfAws() throws IOException {
    Path file = credentials("[dev]\n" + pair("test", "test"));
    assertThat(importing(script, false).message()).contains("Left dev", "--any-id");
    assertThat(file).content().contains("test");
    ControlResponse question = importing(person, false);
    assertThat(question.question()).contains("dev is not one of AWS");
    VerbRunner.succeeded(person.reply(question, "y"));
    assertThat(file).hasContent("[dev]\n");
  }

  private ControlResponse importing(VerbRunner.Caller caller, boolean all) {
    return caller.call("import", all ? "all=true" : "profile=dev");
  }

  private Path credentials(String text) throws IOException {
    return Files.writeString(home.resolve(".aws/credentials"), text);
  }

  private static String pair(String id, String secret) {
    return "aws_access_key_id = " + id + "\naws_secret_access_key = " + secret + "\n";
  }

  private String keys() {
    return VerbRunner.succeeded(script.call("list")).body();
  }

  private static ControlResponse add(
      VerbRunner.Caller caller, String name, String id, String secret, String... more) {
    var fields =
        new ArrayList<>(
            List.of("profile=" + name, "access-key-id=" + id, "secret-access-key=" + secret));
    fields.addAll(List.of(more));
    return caller.call("add", fields.toArray(new String[0]));
  }
}
