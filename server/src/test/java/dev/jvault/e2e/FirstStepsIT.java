package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The first steps of the README, with moto as AWS and the AWS CLI as the command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstStepsIT {
  private static final String CHILD = "arn:aws:sts::222222222222:assumed-role/Developer/";

  private Moto moto;
  private Jvault jvault;

  @BeforeAll
  void startMoto() {
    moto = new Moto();
  }

  @AfterAll
  void stopMoto() {
    moto.close();
  }

  @BeforeEach
  void newHome() {
    String aws = moto.endpoint().toString();
    jvault =
        new Jvault(
            """
            [default]
            region = eu-west-1
            endpoint_url = %1$s

            [profile root-account]
            endpoint_url = %1$s

            [profile child-account-a]
            endpoint_url = %1$s
            source_profile = root-account
            role_arn = arn:aws:iam::222222222222:role/Developer

            [profile grandchild]
            endpoint_url = %1$s
            source_profile = child-account-a
            role_arn = arn:aws:iam::333333333333:role/Deployer
            role_session_name = by-hand
            region = us-east-2
            """
                .formatted(aws));
  }

  @AfterEach
  void removeHome() {
    jvault.close();
  }

  @Test
  void theFirstStepsLeadFromAnEmptyHomeToARoleAndBack() {
    CommandResult added = jvault.addKey("root-account", Jvault.KEY_ID, Jvault.SECRET);
    added.ok();
    assertThat(added.err())
        .contains("Stored the key " + Jvault.KEY_ID + " for root-account")
        .contains("Profiles that use it: root-account, child-account-a, grandchild");
    assertThat(jvault.run("list").ok()).contains("root-account", Jvault.KEY_ID);

    assertThat(jvault.run("exec", "root-account", "--", "sh", "-c", "env").ok())
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:")
        .contains("JVAULT_PROFILE=root-account\n")
        .contains("AWS_REGION=eu-west-1\n")
        .doesNotContain("JVAULT_SECRET", Jvault.SECRET);
    assertThat(identity("child-account-a")).contains(CHILD);
    assertThat(identity("grandchild"))
        .contains("arn:aws:sts::333333333333:assumed-role/Deployer/by-hand");
    assertThat(jvault.run("list", "--json").ok()).contains("\"sessionExpiration\": \"20");

    jvault.run("remove", "--sessions-only", "--force", "root-account").ok();
    assertThat(jvault.run("list", "--sessions").ok()).doesNotContain("Developer");
    assertThat(jvault.run("list", "--credentials").ok()).isEqualTo("root-account\n");
    jvault.run("stop").ok();
    assertThat(jvault.daemon()).isEmpty();
    assertThat(jvault.run("stop").ok()).contains("not running");
  }

  @Test
  void serverKeepsItsPathAndTokenFileAcrossARestart() throws Exception {
    jvault.withKeyFor("root-account");
    jvault.run("stop").ok();
    String port = Integer.toString(FreePort.next());
    String[] server = {"server", "--profile", "child-account-a", "--background", "--port", port};

    String output = jvault.run(server).ok();
    String token = Files.readString(tokenFile(output));
    assertThat(output).contains("=http://127.0.0.1:" + port + "/credentials/");
    String status = jvault.run("status", "--json").ok();
    assertThat(status).contains("\"running\": true", "child-account-a", ":" + port + "\"");
    jvault.run("stop").ok();

    String again = jvault.run("server", "--profile", "child-account-a", "--background").ok();
    assertThat(withoutTime(again)).isEqualTo(withoutTime(output));
    assertThat(Files.readString(tokenFile(again))).isEqualTo(token);
  }

  @Test
  void serverInTheForegroundServesUntilItIsStopped() throws Exception {
    jvault.withKeyFor("root-account");
    jvault.run("stop").ok();
    Process server =
        jvault.start(
            Map.of(),
            "server",
            "--profile",
            "child-account-a",
            "--port",
            Integer.toString(FreePort.next()));
    var out = server.inputReader();
    assertThat(out.readLine()).startsWith("jvault answers on http://127.0.0.1:");
    assertThat(identity("child-account-a")).contains(CHILD);
    jvault.run("stop").ok();
    assertThat(server.waitFor()).isZero();
  }

  @Test
  void credentialProcessAndStaticVariablesGiveTheSameSession() {
    jvault.withKeyFor("root-account");
    String cold = jvault.run("credential-process", "child-account-a").ok();
    String warm = jvault.run("credential-process", "child-account-a").ok();
    assertThat(cold)
        .startsWith("{\"Version\":1,\"AccessKeyId\":\"ASIA")
        .contains("\"SessionToken\":\"", "\"AccountId\":\"222222222222\"");
    assertThat(warm.strip()).isEqualTo(cold.strip());

    String variables = jvault.run("exec", "--env", "child-account-a", "--", "env").ok();
    String id = variables.replaceFirst("(?s).*AWS_ACCESS_KEY_ID=(\\w+).*", "$1");
    assertThat(cold).contains("\"AccessKeyId\":\"" + id + "\"");
    assertThat(variables).contains("AWS_CREDENTIAL_EXPIRATION=20", "AWS_SESSION_TOKEN=");
  }

  @Test
  void aShellCanEvaluateTheLinesOfEnv() {
    jvault.withKeyFor("root-account");
    String lines =
        "eval \"$('" + Jvault.program() + "' env child-account-a)\" && aws sts get-caller-identity";
    Process shell =
        jvault.startCommand(
            Map.of("AWS_ENDPOINT_URL", moto.endpoint().toString()), List.of("sh", "-c", lines));
    assertThat(jvault.finish(shell, "eval").ok()).contains(CHILD);
  }

  @Test
  void noSessionGivesTheStoredKeyAndWarns() {
    jvault.withKeyFor("root-account");
    CommandResult ran = jvault.run("exec", "--no-session", "root-account", "--", "env");
    assertThat(ran.ok())
        .contains("AWS_SECRET_ACCESS_KEY=" + Jvault.SECRET)
        .doesNotContain("AWS_SESSION_TOKEN", "AWS_CONTAINER");
    assertThat(ran.err()).contains("Warning", "long-lived key");
  }

  @Test
  void execInsideExecGivesTheInnerProfile() {
    jvault.withKeyFor("root-account");
    CommandResult ran =
        jvault.run(
            "exec", "root-account", "--", Jvault.program(), "exec", "child-account-a", "--", "env");
    assertThat(ran.ok())
        .contains("JVAULT_PROFILE=child-account-a\n", "/credentials/child-account-a-terminal");
  }

  @Test
  void aKeyWithoutASectionIsStoredIfThereIsNoTerminal() {
    CommandResult ran = jvault.addKey("new", Jvault.KEY_ID, Jvault.SECRET);
    ran.ok();
    assertThat(ran.err()).contains("Stored the key", "has no [profile new]");
  }

  @Test
  void aSessionSurvivesARestartOfTheDaemon() {
    jvault.withKeyFor("root-account");
    String before = jvault.run("credential-process", "child-account-a").ok();
    jvault.run("stop").ok();
    assertThat(jvault.run("credential-process", "child-account-a").ok()).isEqualTo(before);
  }

  private String identity(String profile) {
    return jvault
        .run(
            Map.of("AWS_ENDPOINT_URL", moto.endpoint().toString()),
            "exec",
            profile,
            "--",
            "aws",
            "sts",
            "get-caller-identity")
        .ok();
  }

  private static Path tokenFile(String output) {
    return Path.of(output.replaceFirst("(?s).*TOKEN_FILE=([^\\n]+)\\n.*", "$1"));
  }

  private static String withoutTime(String output) {
    return output.replaceAll("ready for .+? \\(until [^)]+\\)", "");
  }
}
