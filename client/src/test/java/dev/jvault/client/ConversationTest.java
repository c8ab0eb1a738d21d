package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests and responses of one verb, seen from the client. */
final class ConversationTest {
  @TempDir Path home;
  private FakeDaemon daemon;
  private ClientRun client;

  @BeforeEach
  void listen() throws IOException {
    daemon = new FakeDaemon(home);
    client = new ClientRun(home);
    // Without a daemon that has the vault, the socket would be one that systemd keeps.
    Path lock = Files.createDirectories(home.resolve("vault")).resolve("daemon.lock");
    Files.writeString(lock, DaemonLock.of(ProcessHandle.current().pid()).content());
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void printsTheResponseUnchanged() {
    daemon.then(3, "No profile `é`; did you mean é2?", "body\n");

    assertThat(client.run("clear", "a b/é\"")).isEqualTo(3);
    assertThat(client.out()).isEqualTo("body\n");
    assertThat(client.error()).isEqualTo("jvault: No profile `é`; did you mean é2?\n");
    assertThat(decoded(0)).startsWith("POST /verbs/clear profile=a b/é\"&");
  }

  @Test
  void sendsTheCallersVariablesAndFacts() {
    client.environment.put("AWS_REGION", "eu-west-1");
    client.environment.put("HOME", "/home/me");
    client.environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    client.environment.put("OTHER", "x");
    client.environment.put("TZ", "Asia/Kolkata");
    client.types("unused");
    daemon.then(0, "", "");

    client.run("env", "dev", "--shell", "fish");

    assertThat(decoded(0))
        .isEqualTo(
            "POST /verbs/env profile=dev&shell=fish&env.AWS_REGION=eu-west-1&env.HOME=/home/me"
                + "&env.OTHER=x&env.TZ=Asia/Kolkata"
                + "&caller.terminal=true&caller.zone=Asia/Kolkata"
                + "&caller.passphrase=false&caller.pid=4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "grants", "revoke --all", "log --audit"})
  @Attack("sent-variables")
  void sendsNoVariableWithAVerbThatNeedsNone(String line) {
    client.environment.put("AWS_REGION", "eu-west-1");
    client.environment.put("HOME", "/home/me");
    client.environment.put("OP_SESSION_me", "secret");
    daemon.then(0, "", "");
    client.run(line.split(" ", -1));
    assertThat(decoded(0)).contains("caller.terminal=").doesNotContain("env.");
  }

  @Test
  @Attack("sent-variables")
  void sendsWithStatusOnlyWhatTheConfigFilesNeed() {
    client.environment.put("AWS_CONFIG_FILE", "/etc/aws");
    client.environment.put("HOME", "/home/me");
    client.environment.put("OP_SESSION_me", "secret");
    daemon.then(0, "", "");
    client.run("status");
    assertThat(decoded(0))
        .contains("env.AWS_CONFIG_FILE=/etc/aws&env.HOME=/home/me&caller.terminal");
  }

  @Test
  void sendsEachGrantIdAndOption() {
    daemon.then(0, "", "").then(0, "", "").then(0, "", "");
    client.run("revoke", "dev-terminal", "ops-server");
    assertThat(decoded(0)).startsWith("POST /verbs/revoke grant=dev-terminal&grant=ops-server&");
    client.run("revoke", "--all", "--force");
    assertThat(decoded(1)).startsWith("POST /verbs/revoke all=true&force=true&");
    client.run("grants", "--json");
    assertThat(decoded(2)).startsWith("POST /verbs/grants json=true&");
  }

  @Test
  void sendsEachAllowedRole() {
    daemon.then(0, "", "");
    client.run("exec", "--allow-role", "one", "dev", "--allow-role", "two", "--", "ls");
    assertThat(daemon.requests())
        .anySatisfy(request -> assertThat(request).contains("allow-role=one&allow-role=two&"));
  }

  @Test
  void sendsTheWidthForTables() {
    client.outputIsTerminal = true;
    daemon.then(0, "", "").then(0, "", "");
    client.run("list", "--sessions", "--json");
    assertThat(decoded(0)).contains("sessions=true&json=true&caller.columns=99&");

    client.environment.put("COLUMNS", "40");
    client.run("status");
    assertThat(decoded(1)).contains("caller.columns=40&");
  }

  @Test
  void sendsNoWidthIfAProgramReadsTheTable() {
    client.environment.put("COLUMNS", "40");
    daemon.then(0, "", "");
    client.run("list");
    assertThat(decoded(0)).doesNotContain("caller.columns");
  }

  @Test
  @Attack("sent-variables")
  void sendsNoPassphraseUnlessItIsAskedFor() {
    client.environment.put("JVAULT_PASSPHRASE", "open sesame");
    client.environment.put("JVAULT_PASSPHRASE_FILE", "/run/pass");
    daemon.then(0, "", "");
    client.run("env", "dev");
    assertThat(decoded(0)).contains("caller.passphrase=true").doesNotContain("sesame", "/run/pass");
  }

  @Test
  void sendsTheTimeZone() {
    daemon.then(0, "", "");
    client.environment.put("TZ", "Asia/Kolkata");
    client.run("unlock", "dev");
    assertThat(decoded(0) + "&").contains("&caller.zone=Asia/Kolkata&");
  }

  @Test
  void sendsTheCallersKeyIfAskedTo() {
    client.environment.put("AWS_ACCESS_KEY_ID", "AKIA");
    client.environment.put("AWS_SECRET_ACCESS_KEY", "s/+=");
    daemon.then(0, "", "");

    client.run("add", "--env", "dev");

    assertThat(decoded(0))
        .contains("profile=dev&env=true&access-key-id=AKIA&secret-access-key=s/+=");
  }

  @Test
  void asksTheUserUntilNoQuestionIsLeft() {
    daemon
        .thenAsks("text", "on", "Access key id:")
        .thenAsks("secret", "off", "Secret:")
        .then(0, "", "Stored.\n");
    client.types("AKIA").types("é secret");

    assertThat(client.run("add", "dev")).isZero();
    assertThat(client.questions).containsExactly("Access key id: (shown)", "Secret: (hidden)");
    assertThat(daemon.requests().subList(1, 3))
        .containsExactly("POST /conversations/c1 AKIA", "POST /conversations/c1 é secret");
    assertThat(client.out()).isEqualTo("Stored.\n");
  }

  @Test
  void givesUpWithoutATerminal() {
    daemon.thenAsks("mfa", "off", "MFA code:").then(0, "", "");

    assertThat(client.run("unlock", "dev", "b")).isEqualTo(5);
    assertThat(client.error()).isEqualTo("jvault: There is no terminal to ask on: MFA code:\n");
    assertThat(decoded(0)).contains("profile=dev&profile=b&").contains("caller.terminal=false");
    assertThat(daemon.requests().get(1)).isEqualTo("DELETE /conversations/c1 ");
  }

  @Test
  void answersThePassphraseFromTheVariableOnce() {
    client.environment.put("JVAULT_PASSPHRASE", "correct");
    daemon.thenAsks("passphrase", "off", "Passphrase:").then(0, "", "ok");
    assertThat(client.run("list")).isZero();
    assertThat(decoded(0)).contains("caller.passphrase=true").doesNotContain("correct");
    assertThat(daemon.requests().get(1)).isEqualTo("POST /conversations/c1 correct");

    daemon
        .thenAsks("passphrase", "off", "Passphrase:")
        .thenAsks("passphrase", "off", "Again:")
        .then(0, "", "");
    assertThat(client.run("list")).isEqualTo(4);
    assertThat(client.error()).contains("The passphrase in JVAULT_PASSPHRASE does not open");
    assertThat(daemon.requests().getLast()).isEqualTo("DELETE /conversations/c1 ");
  }

  @Test
  @Attack("callers-credentials")
  void sendsTheCallersCredentialsOnlyIfTheDaemonAsksForThem() {
    client.environment.put("AWS_ACCESS_KEY_ID", "ASIA");
    client.environment.put("AWS_SECRET_ACCESS_KEY", "a=b");
    client.environment.put("AWS_SESSION_TOKEN", "broken\ntoken");
    daemon.thenAsks("environment", "off", "Credentials:").then(0, "", "ok");

    assertThat(client.run("list")).isZero();
    assertThat(decoded(0)).doesNotContain("ASIA", "a=b");
    assertThat(daemon.requests().get(1))
        .isEqualTo("POST /conversations/c1 AWS_ACCESS_KEY_ID=ASIA\nAWS_SECRET_ACCESS_KEY=a=b\n");
    assertThat(client.questions).isEmpty();
  }

  @Test
  void sendsAnEmptyAnswerIfTheCallerHasNoCredentials() {
    daemon.thenAsks("environment", "off", "Credentials:").then(0, "", "ok");

    assertThat(client.run("list")).isZero();
    assertThat(daemon.requests().get(1)).isEqualTo("POST /conversations/c1 ");
  }

  @Test
  void answersThePassphraseFromAFile(@TempDir Path folder) {
    Path file = folder.resolve("passphrase");
    InstalledTree.write(file, "first line\nsecond\n");
    client.environment.put("JVAULT_PASSPHRASE_FILE", file.toString());
    daemon.thenAsks("passphrase", "off", "Passphrase:").then(0, "", "");

    assertThat(client.run("list")).isZero();
    assertThat(daemon.requests().get(1)).isEqualTo("POST /conversations/c1 first line");

    client.environment.put("JVAULT_PASSPHRASE_FILE", "/no/such/file");
    daemon.thenAsks("passphrase", "off", "Passphrase:").then(0, "", "");
    assertThat(client.run("list")).isEqualTo(4);
    assertThat(client.error()).contains("/no/such/file");
  }

  @Test
  void printsThePlanForTheLauncher() {
    daemon.then(0, "Careful.", "jvault-plan 1\nend\n");

    assertThat(client.run("exec", "--no-session", "dev", "--mfa-token", "123456", "--", "ls"))
        .isZero();
    assertThat(client.out()).isEqualTo("shift 6\njvault-plan 1\nend\n");
    assertThat(client.error()).isEqualTo("jvault: Careful.\n");
    assertThat(daemon.requests()).hasSize(1);
    assertThat(decoded(0)).contains("profile=dev&no-session=true&mfa-token=123456&");
  }

  @Test
  void printsNoPlanIfTheDaemonRefuses() {
    daemon.then(3, "No.", "");

    assertThat(client.run("exec", "dev")).isEqualTo(3);
    assertThat(client.out()).isEmpty();
  }

  private String decoded(int index) {
    return URLDecoder.decode(daemon.requests().get(index), UTF_8);
  }
}
