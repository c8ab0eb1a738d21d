package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.program.Command;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which profile a command line means that names none. */
final class MissingNameTest {
  @TempDir Path home;
  private ClientRun client;
  private FakeDaemon daemon;

  @BeforeEach
  void open() {
    client = new ClientRun(home);
    daemon = new FakeDaemon(home);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "env --shell sh", "credential-process", "exec -- ls", "exec"})
  void isTheProfileOfTheVariable(String words) {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "");

    assertThat(client.run(words.split(" "))).isZero();

    assertThat(daemon.requests().getFirst()).contains("profile=dev&");
  }

  @Test
  void countsTheWordsBeforeTheCommandOfExec() {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "jvault-plan 1\nend\n");

    client.run("exec", "--region", "eu-west-1", "--", "ls");

    assertThat(client.out()).startsWith("shift 4\n");
  }

  @Test
  void isNotTheProfileOfTheVariableIfTheCommandLineHasAName() {
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "");

    client.run("exec", "aws", "s3", "ls");

    assertThat(daemon.requests().getFirst()).contains("profile=aws&").doesNotContain("profile=dev");
  }

  @Test
  @Attack("folder-files")
  void isThatOfTheFoldersFileAfterTheUserHasAllowedIt() throws IOException {
    Path file = Files.writeString(project().resolve(".jvault"), "dev\n");
    assertThat(client.run("explain")).isEqualTo(3);
    assertThat(client.error())
        .isEqualTo(
            "jvault: %1$s names the profile dev, but you have not allowed it with this content; run `jvault allow %2$s`, or name the profile.\n"
                .formatted(file, Command.quoted(file.toString())));
    assertThat(daemon.requests()).isEmpty();

    assertThat(client.run("allow")).isZero();
    assertThat(client.out())
        .isEqualTo(
            "Commands in %s and below that name no profile use dev now.\n"
                .formatted(file.getParent()));

    daemon.then(0, "", "");
    assertThat(client.run("explain")).isZero();
    assertThat(daemon.requests().getFirst()).contains("profile=dev&");
  }

  @Test
  @Attack("folder-files")
  void isNotThatOfAFileThatHasChangedOrIsForgotten() throws IOException {
    Path file = Files.writeString(project().resolve(".jvault"), "dev\n");
    client.run("allow", file.toString());
    Files.writeString(file, "prod\n");

    assertThat(client.run("explain")).isEqualTo(3);
    assertThat(client.error()).contains("names the profile prod, but you have not allowed it");

    client.run("allow", ".");
    assertThat(client.run("allow", "--undo")).isZero();
    assertThat(client.run("explain")).isEqualTo(3);
    assertThat(client.run("allow", "--undo")).isEqualTo(2);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void isThatOfTheVariableRatherThanOfTheFoldersFile() throws IOException {
    Files.writeString(project().resolve(".jvault"), "prod\n");
    client.environment.put("AWS_PROFILE", "dev");
    daemon.then(0, "", "");

    assertThat(client.run("explain")).isZero();

    assertThat(daemon.requests().getFirst()).contains("profile=dev&");
  }

  @Test
  void isNotAllowedWithoutAFile() throws IOException {
    Path project = project();

    assertThat(client.run("allow")).isEqualTo(2);
    assertThat(client.error()).contains("There is no file .jvault in " + project + " or above it");
    assertThat(client.run("allow", "x")).isEqualTo(2);
    assertThat(client.error()).contains("There is no profile file " + project.resolve("x"));
  }

  private Path project() throws IOException {
    client.folder = Files.createDirectory(home.toRealPath().resolve("it's a project"));
    client.environment.put("HOME", home.toRealPath().toString());
    return client.folder;
  }

  @Test
  void isAnErrorIfNoPlaceNamesAProfile() {
    client.environment.put("AWS_PROFILE", "");

    assertThat(client.run("explain")).isEqualTo(2);

    assertThat(client.error()).contains("Say which profile: jvault explain NAME [--json].");
  }

  @Test
  void isRefusedIfTheVariableHoldsAnUnprintableName() {
    client.environment.put("AWS_PROFILE", "d\u202eev");

    assertThat(client.run("explain")).isEqualTo(2);

    assertThat(client.error()).contains("unprintable character");
  }
}
