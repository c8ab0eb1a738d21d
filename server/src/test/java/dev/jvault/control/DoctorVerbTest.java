package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.RawClient;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of a running daemon, and the reading through its endpoint. */
final class DoctorVerbTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
    Files.setPosixFilePermissions(
        home, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void readsCredentialsThroughTheEndpointAndSaysWhoseTheyAre() throws IOException {
    ControlResponse question = client().call("doctor", "profile=deploy");
    assertThat(question.question()).startsWith("reading ");
    List<String> lines = question.body().lines().toList();
    String body = asAnSdk(URI.create(lines.getFirst()), Files.readString(Path.of(lines.getLast())));
    assertThat(body).contains("\"AccessKeyId\"");

    ControlResponse end = client().reply(question, "200\n" + body);

    assertThat(end.body())
        .containsPattern(
            "(?m)^ok +reading +http://127.0.0.1:%d gave the credentials of deploy: arn:aws:sts::\\d{12}:assumed-role/deploy/"
                .formatted(jvault.port()))
        .startsWith("ok       version ");
    assertThat(client().call("grants").body()).doesNotContain("bound");
  }

  @Test
  void theReadingHasItsFactsInJsonAndNoSecret() throws IOException {
    ControlResponse question = client().call("doctor", "profile=deploy", "json=true");
    List<String> lines = question.body().lines().toList();
    String token = Files.readString(Path.of(lines.getLast()));
    String body = asAnSdk(URI.create(lines.getFirst()), token);

    ControlResponse end = client().reply(question, "200\n" + body);

    assertThat(end.body())
        .contains("\"healthy\":", "\"id\": \"reading\"", "\"profile\": \"deploy\"", "\"arn\": ")
        .contains("\"status\": \"200\"", "\"account\": \"")
        .doesNotContain(token, body.replaceAll("(?s).*\"SecretAccessKey\":\"([^\"]+)\".*", "$1"));
  }

  @Test
  void aShellThatDoesNotReachTheEndpointIsAProblem() {
    ControlResponse end =
        client().converse("doctor", List.of("0\nConnection refused"), "profile=dev");

    assertThat(end.ended(ExitCode.PROBLEMS)).isTrue();
    assertThat(end.body())
        .containsPattern(
            "(?m)^problem +reading +A program of this shell does not reach jvault at http\\S+: Connection refused\\.");
  }

  @Test
  void anotherAnswerThanCredentialsIsAProblem() {
    String problem = "503\n{\"Code\":\"NeedsPerson\",\"Message\":\"Run `jvault unlock dev`.\"}";

    ControlResponse end = client().converse("doctor", List.of(problem), "profile=dev");

    assertThat(end.body()).contains("with status 503: Run `jvault unlock dev`.");
  }

  @Test
  void aProfileThatNeedsTheUserIsAProblemAndAsksNothing() {
    ControlResponse end = client().atTerminal().call("doctor", "profile=mfa");

    assertThat(end.ended(ExitCode.PROBLEMS)).isTrue();
    assertThat(end.body())
        .containsPattern("(?m)^problem +reading +mfa needs you: .*Run: jvault unlock mfa$");
  }

  @Test
  void aLockedVaultIsAProblemAndIsNotOpened() {
    jvault.caller().call("lock");

    ControlResponse end = client().call("doctor", "profile=dev");

    assertThat(end.body())
        .contains("The vault is locked, so the credentials of dev were not read.")
        .containsPattern("(?m)^note +vault +You locked the vault\\.");
  }

  @Test
  void theProfileIsThatWhichIsKeptReadyElseThatOfTheVariable() {
    assertThat(client().call("doctor").body()).contains("No profile is chosen");
    assertThat(client().variable("AWS_PROFILE", "mfa").call("doctor").body())
        .contains("mfa needs you");
    RunningJvault.succeeded(jvault.caller().call("server", "profile=deploy"));
    assertThat(client().variable("AWS_PROFILE", "mfa").call("doctor", "json=true").question())
        .startsWith("reading ");
  }

  @Test
  void fixMendsWhatIsSafeAndSaysSo() throws IOException {
    Path log = jvault.files().state().resolve("stray");
    Files.createFile(
        log,
        java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--")));
    assertThat(client().call("doctor").body()).contains("problem  permissions          " + log);

    assertThat(client().call("doctor", "fix=true").body())
        .contains("mended", "Took from others their rights on " + log + ".")
        .doesNotContain("problem  permissions");
    assertThat(client().call("doctor").body()).doesNotContain("problem  permissions");
  }

  @Test
  void variablesThatAreSetAreKnownByTheirNames() {
    assertThat(client().with(Routes.CALLER_SET + "=AWS_ACCESS_KEY_ID").call("doctor").body())
        .containsPattern("(?m)^problem +variables +AWS_ACCESS_KEY_ID is set\\.");
  }

  @Test
  void saysWhatACommandWouldFind() {
    ControlResponse end =
        client()
            .with(Routes.CALLER_SET + "=AWS_ACCESS_KEY_ID")
            .with(Routes.CALLER_FOLDER + "=/")
            .call("doctor", "json=true", Routes.COMMAND + "=./bin/sh");

    assertThat(end.body()).contains("\"program\": \"/bin/sh\"", "\"source\": \"variables\"");
  }

  private ControlTestClient client() {
    return jvault
        .caller()
        .with(Routes.CALLER_PID + "=" + ProcessHandle.current().pid())
        .with(Routes.CALLER_PROGRAM + "=" + dev.jvault.protocol.ProgramVersion.CURRENT);
  }

  private static String asAnSdk(URI uri, String token) throws IOException {
    String answer =
        RawClient.exchange(
            uri.getPort(),
            "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                .formatted(uri.getPath(), uri.getAuthority(), token));
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
