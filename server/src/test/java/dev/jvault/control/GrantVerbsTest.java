package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
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
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(call("grants").body()).isEqualTo("There are no grants.\n");
    assertThat(call("grants", "json=true").body()).contains("\"grants\": [");
    assertThat(call("revoke", "all=true").message()).isEqualTo("There are no grants.");
  }

  @Test
  void listsEachGrantWithItsStateAndNoToken() throws IOException {
    var _ = jvault.exec("dev");
    RunningJvault.succeeded(call("server", "profile=deploy"));
    String plain = call("grants").body();
    assertThat(plain.lines().findFirst().orElseThrow())
        .containsPattern("^ID +Kind +Profile +Made +State$");
    assertThat(plain)
        .containsPattern("(?m)^dev-terminal +terminal +dev +\\S.* active$")
        .containsPattern("(?m)^deploy-server +server +deploy +\\S.* active$")
        .doesNotContain(token("dev-terminal"));
  }

  @Test
  void listsTheProcessAndTheRolesOfABoundGrant() throws Exception {
    Process command = new ProcessBuilder("sleep", "60").start();
    var _ = jvault.exec("dev", "allow-role=" + ROLE, "caller.pid=" + command.pid());
    String id = bound();
    String table = call("grants", "caller.columns=300").body();
    assertThat(table).contains(id + "  bound", "  " + ROLE + "  ", command.pid() + " sleep");
    assertThat(call("grants", "caller.columns=60").body()).contains(id + "  ");
    assertThat(call("grants", "json=true").body())
        .contains(
            "\"id\": \"" + id + "\"",
            "\"kind\": \"bound\"",
            "\"" + ROLE + "\"",
            "\"pid\": " + command.pid(),
            "\"command\": \"sleep\"",
            "\"state\": \"active\"");
    command.destroyForcibly().waitFor();
    // Either not collected yet, or gone.
    assertThat(call("grants", "caller.columns=300").body())
        .matches(text -> text.contains("ended") || !text.contains(id));
  }

  @Test
  void showsHowLongAnOldTokenIsStillTaken() {
    var _ = jvault.exec("dev");
    jvault.clock().advance(Duration.ofDays(8));
    jvault.restart();
    assertThat(call("grants", "caller.columns=200").body())
        .containsPattern("8d 0h .*rotating, old token for 1d 1[12]h");
    assertThat(call("grants", "json=true").body())
        .contains("\"state\": \"rotating\"", "\"graceEnd\"");
  }

  @Test
  void revokesWithTheTokenFileAndTheReadyFile() {
    var _ = jvault.exec("dev");
    var _ = jvault.exec("deploy");
    ControlResponse answer = RunningJvault.succeeded(call("revoke", "grant=dev-terminal"));
    assertThat(answer.message())
        .startsWith("Revoked dev-terminal; ")
        .contains("the next `jvault exec`");
    assertThat(file("dev-terminal")).doesNotExist();
    assertThat(jvault.files().readyFiles().resolve("dev")).doesNotExist();
    assertThat(file("deploy-terminal")).exists();
    assertThat(jvault.files().readyFiles().resolve("deploy")).exists();
    jvault.restart();
    assertThat(call("grants").body()).doesNotContain("dev-terminal").contains("deploy-terminal");
    var _ = jvault.exec("dev");
    assertThat(file("dev-terminal")).exists();
  }

  @Test
  void revokesNothingWhereOneOfSeveralIsUnknown() {
    var _ = jvault.exec("dev");
    ControlResponse answer = call("revoke", "grant=dev-terminal\ndev-termnial");
    assertThat(answer.ended(ExitCode.USAGE)).isTrue();
    assertThat(answer.message())
        .isEqualTo(
            "There is no grant dev-termnial, and nothing was revoked; did you mean dev-terminal?");
    assertThat(file("dev-terminal")).exists();
    assertThat(call("revoke", "grant=quite-another").message()).contains("`jvault grants`");
    assertThat(call("revoke").ended(ExitCode.USAGE)).isTrue();
  }

  @Test
  void revokesAllAfterAYesOnly() {
    var _ = jvault.exec("dev");
    var _ = jvault.exec("deploy");
    ControlResponse nobody = call("revoke", "all=true");
    assertThat(nobody.ended(ExitCode.PERSON)).isTrue();
    assertThat(nobody.message()).contains("--force");
    var person = jvault.caller().atTerminal();
    ControlResponse question = person.call("revoke", "all=true");
    assertThat(question.question()).startsWith("confirm on: Revoke all 2 grants?");
    assertThat(person.reply(question, "n").ended(ExitCode.PERSON)).isTrue();
    assertThat(file("dev-terminal")).exists();
    ControlResponse again = person.call("revoke", "all=true");
    assertThat(person.reply(again, "y").message()).contains("dev-terminal, deploy-terminal");
    assertThat(call("grants").body()).isEqualTo("There are no grants.\n");
    var _ = jvault.exec("dev");
    assertThat(call("revoke", "all=true", "force=true").ended(ExitCode.OK)).isTrue();
    assertThat(file("dev-terminal")).doesNotExist();
  }

  private String bound() {
    String json = call("grants", "json=true").body();
    int begin = json.indexOf("bound-");
    return json.substring(begin, json.indexOf('"', begin));
  }

  private Path file(String id) {
    return jvault.files().tokens().resolve(id);
  }

  private String token(String id) throws IOException {
    return Files.readString(file(id));
  }

  private ControlResponse call(String verb, String... options) {
    return jvault.caller().call(verb, options);
  }
}
