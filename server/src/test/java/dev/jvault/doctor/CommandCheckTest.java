package dev.jvault.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.testing.FakeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor -- CMD} says of commands. */
final class CommandCheckTest {
  private static final String ENDPOINT = "http://127.0.0.1:9170";

  private final Map<String, String> variables = new HashMap<>();
  private final Profiles profiles =
      new Profiles(new ConfigReader(new SdkSectionParser()), _ -> false);

  @TempDir Path home;
  private Path bin;

  @BeforeEach
  void home() throws IOException {
    bin = Files.createDirectory(home.resolve("bin"));
    Files.createDirectory(home.resolve(".aws"));
    variables.put("HOME", home.toString());
    variables.put("PATH", bin.toString());
    for (String name : List.of("aws", "node", "java", "terraform", "ruby", "tool")) {
      var _ = new FakeProgram(bin, name, "exit 1");
    }
  }

  @Test
  void aCommandThatIsNotThereIsAProblem() throws IOException {
    assertThat(examined("none").getFirst().what()).isEqualTo("none is not a program on your PATH.");
    assertThat(examined("./none").getFirst().severity()).isEqualTo(Severity.PROBLEM);
  }

  @Test
  void variablesComeFirstAndExecChangesThat() throws IOException {
    variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", "canary");

    Finding found = examined("terraform", "plan").getFirst();

    assertThat(found.line())
        .startsWith(
            bin
                + "/terraform (SDK for Go) takes its credentials from the variable AWS_ACCESS_KEY_ID.")
        .contains("With `jvault exec` it asks jvault for those of dev.")
        .doesNotContain("canary", "AKIA");
    assertThat(new FakeProgram(bin, "unstarted", "").starts()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"aws,error", "terraform,error", "node,metadata", "java,metadata", "tool,metadata"})
  void aMissingProfileStopsSomeSdksOnly(String program, String source) throws IOException {
    variables.put("AWS_PROFILE", "missing");

    assertThat(facts(program)).containsEntry("source", source);
  }

  @ParameterizedTest
  @CsvSource({"aws,variables", "node,profile", "java,variables", "ruby,variables"})
  void javaScriptTakesNoKeysFromVariablesBesideAProfile(String program, String source)
      throws IOException {
    config("[profile work]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = y\n");
    variables.put("AWS_PROFILE", "work");
    variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");

    assertThat(facts(program)).containsEntry("source", source);
  }

  @Test
  void theProfileOfTheAwsCliWinsOverVariablesAndExec() throws IOException {
    config("[profile work]\ncredential_process = /usr/bin/other\n");
    variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");

    assertThat(facts("aws", "--profile", "work", "s3", "ls"))
        .containsEntry("source", "profile")
        .containsEntry("execChangesIt", "false");
    assertThat(examined("aws", "--profile=work", "s3").getFirst().what())
        .contains("the profile work (credential_process at " + home.resolve(".aws/config") + ":2)");
  }

  @Test
  void whatComesFromJvaultIsWell() throws IOException {
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", ENDPOINT + "/credentials/dev-terminal");
    assertThat(facts("terraform"))
        .containsEntry("source", "container")
        .containsEntry("fromJvault", "true");
    assertThat(examined("node").getFirst().severity()).isEqualTo(Severity.OK);

    config("[default]\ncredential_process = /opt/bin/jvault credential-process dev\n");
    assertThat(facts("java"))
        .containsEntry("source", "profile")
        .containsEntry("fromJvault", "true");
  }

  @Test
  void withoutAnySourceItFindsNone() throws IOException {
    variables.put("AWS_EC2_METADATA_DISABLED", "true");

    assertThat(examined("ruby").getFirst().what()).contains("from nowhere: it finds none.");
  }

  @Test
  void aScriptHasTheSdkOfItsInterpreter() throws IOException {
    Path script = Files.writeString(home.resolve("deploy"), "#!/usr/bin/env python3\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(facts("./deploy")).containsEntry("sdk", "python");
    assertThat(facts("tool")).containsEntry("sdk", "unknown");
  }

  @Test
  void anOldBotocoreNeedsItsTokenInAVariable() throws IOException {
    Path packages = Files.createDirectories(home.resolve("lib/python3.11/site-packages"));
    Path old = Files.createDirectory(packages.resolve("botocore-1.33.9.dist-info"));
    assertThat(examined("aws").getLast().line())
        .isEqualTo(
            "Its botocore is 1.33.9. Versions before 1.34.41 do not know the token file. Run: jvault"
                + " exec --token-env dev -- aws …");

    Files.move(old, packages.resolve("botocore-1.34.100.dist-info"));
    assertThat(examined("aws")).hasSize(1);
    assertThat(facts("aws")).containsEntry("sdkVersion", "1.34.100");
  }

  @Test
  void anOldSdkInAJarIsNamed() throws IOException {
    Path jar = home.resolve("app.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("BOOT-INF/lib/aws-java-sdk-core-1.11.300.jar"));
    }

    assertThat(examined("java", "-jar", "app.jar").getLast().what())
        .isEqualTo("Its SDK for Java is 1.11.300.");
    assertThat(examined("java", "-jar", "missing.jar")).hasSize(1);
    assertThat(facts("java", "-Daws.accessKeyId=x", "-jar", "app.jar"))
        .containsEntry("source", "properties")
        .containsEntry("execChangesIt", "false");
  }

  @Test
  void terraformHasANoteOfItsOwn() throws IOException {
    assertThat(examined("terraform", "plan").getLast().why()).contains("skip_metadata_api_check");
  }

  private List<Finding> examined(String... words) throws IOException {
    return check(words).examine(ExaminedCaller.of(variables, "0.1.0"));
  }

  private Map<String, String> facts(String... words) throws IOException {
    CommandCheck check = check(words);
    var _ = check.examine(ExaminedCaller.of(variables, "0.1.0"));
    return check.facts();
  }

  private CommandCheck check(String... words) {
    return Checks.ofCommand(
        List.of(words), home, Optional.of("dev"), profiles, Optional.of(ENDPOINT));
  }

  private void config(String text) throws IOException {
    Files.writeString(home.resolve(".aws/config"), text);
  }
}
