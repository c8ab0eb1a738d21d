package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs inside {@code exec} that name a profile themselves, with the real AWS CLI and boto3. */
final class NamedProfilesIT {
  private static final String CONFIG =
      """
      # mine
      [profile root]
      region = eu-west-1

      [profile dev]
      region = eu-west-1
      source_profile = root
      role_arn = arn:aws:iam::222222222222:role/Developer
      [profile prod]
      source_profile = root
      role_arn = arn:aws:iam::333333333333:role/Prod
      # where it runs
      region = us-east-1
      """;
  private static final String PROD = "arn:aws:sts::333333333333:assumed-role/Prod/";
  private static final String BOTO3 =
      "import boto3; print(boto3.Session(profile_name='prod').client('sts').get_caller_identity())";

  private Moto moto;
  private Jvault jvault;

  @BeforeEach
  void start() {
    moto = new Moto();
    jvault = new Jvault(CONFIG);
    jvault.set("AWS_ENDPOINT_URL", moto.endpoint().toString());
    jvault.withKeyFor("root");
  }

  @AfterEach
  void stop() {
    jvault.close();
    moto.close();
  }

  @Test
  void getTheirOwnCredentialsAndTheAuditSaysSo() {
    assertThat(inside("aws", "--profile", "prod", "sts", "get-caller-identity")).contains(PROD);
    assertThat(inside("env", "AWS_PROFILE=prod", "aws", "sts", "get-caller-identity"))
        .contains(PROD);
    assertThat(inside("python3", "-c", BOTO3)).contains(PROD);
    assertThat(inside("aws", "sts", "get-caller-identity")).contains("/Developer/");
    assertThat(jvault.run("log", "--audit").ok()).contains("prod", "credential-process");
  }

  @Test
  void changeTheUsersOwnFileAndNothingElseInIt() {
    String out =
        inside(
            "sh",
            "-c",
            "aws configure set region ap-south-1 --profile prod"
                + " && aws configure get region --profile prod");
    assertThat(out).contains("ap-south-1");
    String expected = CONFIG.replace("region = us-east-1", "region = ap-south-1");
    await().untilAsserted(() -> assertThat(Files.readString(jvault.config())).isEqualTo(expected));
  }

  @Test
  void changeItAlsoIfTheDaemonHasBeenStopped() throws IOException {
    String copy = inside("printenv", "AWS_CONFIG_FILE").strip();
    jvault.run("stop").ok();
    CommandResult set =
        jvault.finish(
            jvault.startCommand(
                environmentWith("AWS_CONFIG_FILE", copy),
                List.of("aws", "configure", "set", "output", "json", "--profile", "dev")),
            "aws configure set");
    set.ok();
    assertThat(Files.readString(jvault.config())).isEqualTo(CONFIG);
    jvault.run("status").ok();
    assertThat(inside("printenv", "AWS_CONFIG_FILE").strip()).isEqualTo(copy);
    String expected = CONFIG.replace("role/Developer\n", "role/Developer\noutput = json\n");
    await().untilAsserted(() -> assertThat(Files.readString(jvault.config())).isEqualTo(expected));
  }

  private Map<String, String> environmentWith(String name, String value) {
    var all = new TreeMap<>(jvault.environment());
    all.put(name, value);
    return all;
  }

  private String inside(String... command) {
    String[] words = new String[command.length + 3];
    words[0] = "exec";
    words[1] = "dev";
    words[2] = "--";
    System.arraycopy(command, 0, words, 3, command.length);
    return jvault.run(words).ok();
  }
}
