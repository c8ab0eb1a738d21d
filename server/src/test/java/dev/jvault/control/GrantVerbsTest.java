package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code grants} and {@code revoke}. */
final class GrantVerbsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/x";

  @TempDir Path home;
  private VerbRunner runner;

  @BeforeEach
  void start() throws IOException {
    runner = VerbRunner.withKeys(home);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  void saysThatThereAreNoGrants() {
    assertThat(call("grants").body()).isEqualTo("There are no grants.\n");
    assertThat(call("grants", "json=true").body()).contains("\"grants\": [");
    assertThat(call("revoke", "all=true").message()).isEqualTo("There are no grants.");
  }

  @Test
  void listsTheProcessAndTheRolesOfABoundGrant() throws Exception {
    Process command = new ProcessBuilder("sleep", "60").start();
    var _ = runner.exec("dev", "allow-role=" + ROLE, "caller.pid=" + command.pid());
    String id = bound();
    String table = call("grants", "caller.columns=300").body();
    assertThat(table).contains(id + "  bound", "  " + ROLE + "  ", command.pid() + " sleep");
    assertThat(call("grants", "caller.columns=100").body()).contains(id + "  ", "123456789012:");
    assertThat(call("grants", "json=true").body())
        .contains(
            "\"id\": \"" + id + "\"",
            "\"kind\": \"bound\"",
            "\"" + ROLE + "\"",
            "\"pid\": " + command.pid(),
            "\"command\": \"sleep\"",
            "\"state\": \"active\"");
    command.destroyForcibly().waitFor();
    // The grant is either shown as ended or already removed.
    assertThat(call("grants", "caller.columns=300").body())
        .matches(text -> text.contains("ended") || !text.contains(id));
  }

  @Test
  void aCommandWithInstanceMetadataLeavesNoGrantOfTheTerminal() {
    var _ = runner.exec("dev", "imds=true");
    assertThat(call("grants").body()).isEqualTo("There are no grants.\n");
  }

  @Test
  void showsHowLongAnOldTokenStillWorks() {
    var _ = runner.exec("dev");
    runner.clock().advance(Duration.ofDays(8));
    runner.restart();
    assertThat(call("grants", "caller.columns=200").body())
        .containsPattern("8 d ago +rotating, old token for 1 d 1[12] h [(]until Fri 15:04[)]");
    assertThat(call("grants", "json=true").body())
        .contains("\"state\": \"rotating\"", "\"graceEnd\"");
  }

  @Test
  void revokingRemovesTheTokenFileAndTheReadyFile() {
    var _ = runner.exec("dev");
    var _ = runner.exec("deploy");
    ControlResponse response = VerbRunner.succeeded(call("revoke", "grant=dev-terminal"));
    assertThat(response.message())
        .startsWith("Revoked dev-terminal; ")
        .contains("the next `jvault exec`");
    assertThat(file("dev-terminal")).doesNotExist();
    assertThat(runner.files().readyFiles().resolve("dev")).doesNotExist();
    assertThat(file("deploy-terminal")).exists();
    assertThat(runner.files().readyFiles().resolve("deploy")).exists();
    runner.restart();
    assertThat(call("grants").body()).doesNotContain("dev-terminal").contains("deploy-terminal");
    var _ = runner.exec("dev");
    assertThat(file("dev-terminal")).exists();
  }

  @Test
  void revokesNothingIfOneOfSeveralIsUnknown() {
    var _ = runner.exec("dev");
    ControlResponse response = call("revoke", "grant=dev-terminal\ndev-termnial");
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message())
        .isEqualTo(
            "There is no grant dev-termnial, and nothing was revoked; did you mean dev-terminal?");
    assertThat(file("dev-terminal")).exists();
    assertThat(call("revoke", "grant=quite-another").message()).contains("`jvault grants`");
    assertThat(call("revoke").ended(ExitCode.USAGE)).isTrue();
  }

  @Test
  void revokesAllOnlyAfterAYes() {
    var _ = runner.exec("dev");
    var _ = runner.exec("deploy");
    ControlResponse nobody = call("revoke", "all=true");
    assertThat(nobody.ended(ExitCode.PERSON)).isTrue();
    assertThat(nobody.message()).contains("--force");
    var person = runner.caller().atTerminal();
    ControlResponse question = person.call("revoke", "all=true");
    assertThat(question.question()).startsWith("confirm on: Revoke all 2 grants?");
    assertThat(person.reply(question, "n").ended(ExitCode.PERSON)).isTrue();
    assertThat(file("dev-terminal")).exists();
    ControlResponse again = person.call("revoke", "all=true");
    assertThat(person.reply(again, "y").message()).contains("dev-terminal, deploy-terminal");
    assertThat(call("grants").body()).isEqualTo("There are no grants.\n");
    var _ = runner.exec("dev");
    assertThat(call("revoke", "all=true", "force=true").ended(ExitCode.OK)).isTrue();
    assertThat(file("dev-terminal")).doesNotExist();
  }

  private String bound() {
    String json = call("grants", "json=true").body();
    int begin = json.indexOf("bound-");
    return json.substring(begin, json.indexOf('"', begin));
  }

  private Path file(String id) {
    return runner.files().tokens().resolve(id);
  }

  private ControlResponse call(String verb, String... options) {
    return runner.caller().call(verb, options);
  }
}
