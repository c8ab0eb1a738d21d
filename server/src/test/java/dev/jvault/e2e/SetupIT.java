package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code jvault setup} has written is used by real programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SetupIT {
  private Moto moto;
  private Jvault jvault;
  private byte[] before;

  @BeforeAll
  void startMoto() {
    moto = new Moto();
  }

  @AfterAll
  void stopMoto() {
    moto.close();
  }

  @BeforeEach
  void newHome() throws IOException {
    jvault = new Jvault(config(moto.endpoint())).withKeyFor("my dev");
    before = Files.readAllBytes(jvault.config());
    jvault.run("server", "--profile", "my dev", "--background").ok();
  }

  /** With CRLF, and without a newline at the end. */
  private static String config(URI aws) {
    return """
    # mine
    [profile my dev]
    region = eu-west-1
    endpoint_url = %s
    [default]
    output = text\
    """
        .formatted(aws)
        .replace("\n", "\r\n");
  }

  @AfterEach
  void removeHome() {
    jvault.close();
  }

  @Test
  void theAwsCliAndBoto3ReadTheProfileAndTheDefault() {
    jvault.run("setup", "profile", "my dev", "default", "my dev").ok();
    String sts = moto.endpoint().toString();
    assertThat(
            ran(
                "aws",
                "sts",
                "get-caller-identity",
                "--profile",
                "my dev-jvault",
                "--endpoint-url",
                sts))
        .contains("arn:aws:sts::");
    assertThat(ran("aws", "sts", "get-caller-identity", "--endpoint-url", sts))
        .contains("arn:aws:sts::");
    String boto3 =
        "import boto3; s = boto3.Session(%s); c = s.get_credentials(); print(s.region_name, c.method, bool(c.token))";
    assertThat(ran("python3", "-c", boto3.formatted("profile_name='my dev-jvault'")))
        .isEqualTo("eu-west-1 custom-process True\n");
    assertThat(ran("python3", "-c", boto3.formatted("")))
        .isEqualTo("eu-west-1 custom-process True\n");
    jvault.run("setup", "--undo", "--yes").ok();
    assertThat(jvault.config()).hasBinaryContent(before);
  }

  @Test
  void direnvExportsTheVariablesOfAProfile() throws IOException {
    jvault.run("setup", "direnv").ok();
    Path project = Files.createDirectory(jvault.home().resolve("project"));
    Files.writeString(project.resolve(".envrc"), "use jvault 'my dev'\n");
    ran("direnv", "allow", project.toString());
    assertThat(ran("direnv", "exec", project.toString(), "sh", "-c", "echo $JVAULT_PROFILE; env"))
        .startsWith("my dev\n")
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:");
    ran(
        "direnv",
        "exec",
        project.toString(),
        "aws",
        "sts",
        "get-caller-identity",
        "--endpoint-url",
        moto.endpoint().toString());
  }

  @Test
  void theVariablesOfTheDesktopLeadToTheCredentials() throws IOException {
    jvault.run("setup", "environment.d", "my dev").ok();
    Map<String, String> variables = new HashMap<>();
    Path file = jvault.home().resolve(".config/environment.d/60-jvault.conf");
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        variables.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", ""));
      }
    }
    Process aws =
        jvault.startCommand(
            variables,
            List.of(
                "aws", "sts", "get-caller-identity", "--endpoint-url", moto.endpoint().toString()));
    assertThat(jvault.finish(aws, "aws").ok()).contains("arn:aws:sts::");
  }

  @Test
  void aTerminalIsAskedBeforeAnythingChanges() {
    jvault.set("SHELL", "/bin/sh");
    try (var terminal = new Tmux(jvault)) {
      String setup = "'" + Jvault.program() + "' setup";
      terminal.type(setup).sees("Found on this machine: ").sees("Change these files? [y/N]");
      terminal.type("n").sees("Nothing was changed.");
      assertThat(jvault.config()).hasBinaryContent(before);
      terminal.clear();
      terminal.type(setup).sees("Change these files? [y/N]");
      terminal.type("y").sees("Changed " + jvault.config());
      assertThat(jvault.config()).content().contains("[profile 'my dev-jvault']");
    }
  }

  @Test
  void aReadOnlyFolderIsOneSentenceAndNothingChanges() throws IOException {
    // In a read-only mount, not even root can write; a daemon that runs would be outside of it.
    String script =
        """
        "$J" stop
        mount --bind .aws .aws && mount -o remount,bind,ro .aws || exit 99
        "$J" setup direnv profile 'my dev'
        status=$?
        "$J" stop
        exit $status
        """;
    CommandResult refused =
        jvault.finish(
            jvault.startCommand(
                Map.of("J", Jvault.program()), List.of("unshare", "-m", "sh", "-c", script)),
            "setup");
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            jvault.config() + " cannot be changed (Read-only file system); nothing was changed.");
    assertThat(jvault.config()).hasBinaryContent(before);
    assertThat(jvault.home().resolve(".config")).doesNotExist();
  }

  private String ran(String... command) {
    Process process = jvault.startCommand(Map.of(), new ArrayList<>(List.of(command)));
    return jvault.finish(process, String.join(" ", command)).ok();
  }
}
