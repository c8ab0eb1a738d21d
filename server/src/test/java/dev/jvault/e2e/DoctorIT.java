package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.FreePort;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code jvault doctor} with the packaged program. */
final class DoctorIT {
  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = Jvault.withRootAndChild(sts);
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void readsTheCredentialsOfAProfileAsAnSdkDoesAndSaysWhoseTheyAre() {
    CommandResult ran = jvault.withKeyFor("root").run("doctor", "--profile", "child");
    assertThat(ran.out()).as(ran.toString()).contains("reading").contains("222222222222");
    assertThat(ran.out()).doesNotContain("problem  reading");
  }

  @Test
  void namesEachOfManyFaultsWithItsReasonAndCommandAndMendsWhatIsSafe() throws IOException {
    jvault.withKeyFor("root").run("stop").ok();
    jvault.run("server", "--background", "--port", "" + FreePort.next()).ok();
    CommandResult well = jvault.run("doctor", "--profile", "root");
    assertThat(well.exit()).as(well.toString()).isZero();

    Path credentials = faults();

    CommandResult found = doctor();
    assertThat(found.exit()).as(found.toString()).isEqualTo(ExitCode.PROBLEMS.status());
    assertOneLine(
        found, "problem  plaintext-keys", "profile default", "Run: jvault import default");
    assertOneLine(found, "note     default-profile", "[default] has", "before they ask jvault");
    assertOneLine(found, "problem  variables", "SDKs take", "Run: unset AWS_SECRET_ACCESS_KEY");
    assertOneLine(found, "problem  old-sdks", "curl asked", "exec --token-env root -- curl");
    assertOneLine(found, "problem  permissions", "open to other users", "Run: chmod go-rwx");
    assertOneLine(found, "note     installations", "leads nowhere", "Run: rm ");
    assertOneLine(found, "problem  reading", "/no/such/helper", "Run: jvault explain helper");
    assertThat(found.out()).doesNotContain("canary");

    assertThat(doctor("--fix").out())
        .contains("their rights on " + credentials, "Removed the link");
    assertThat(Files.getPosixFilePermissions(credentials))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    CommandResult left = doctor("--", "curl", "-V");
    assertOneLine(left, "ok       permissions", "you alone");
    assertOneLine(left, "ok       installations", "one installation");
    assertThat(left.out()).containsPattern("(?m)^[a-z]+ +command +.*curl");
    assertThat(time(doctor("--json").out())).endsWith("Z");
  }

  /** Makes faults of seven kinds; returns the credentials file. */
  private Path faults() throws IOException {
    jvault
        .run("exec", "root", "--", "sh", "-c", "curl -s \"$AWS_CONTAINER_CREDENTIALS_FULL_URI\"")
        .ok();
    Files.writeString(
        jvault.config(),
        "[profile helper]\ncredential_process = /no/such/helper\n",
        StandardOpenOption.APPEND);
    Path credentials =
        Files.writeString(
            jvault.home().resolve(".aws/credentials"),
            """
            [default]
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = canary-in-plain-text
            """);
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
    Path folder = Files.createDirectory(jvault.home().resolve("bin"));
    Files.createSymbolicLink(folder.resolve("jvault"), folder.resolve("none"));
    jvault.set("PATH", jvault.environment().get("PATH") + ":" + folder);
    return credentials;
  }

  private CommandResult doctor(String... more) {
    var words = new ArrayList<>(List.of("doctor", "--profile", "helper"));
    words.addAll(List.of(more));
    return jvault.run(
        Map.of("AWS_SECRET_ACCESS_KEY", "canary-of-the-shell"), words.toArray(String[]::new));
  }

  private static void assertOneLine(CommandResult ran, String beginning, String... parts) {
    List<String> lines = ran.out().lines().filter(line -> line.startsWith(beginning)).toList();
    assertThat(lines).as(beginning + " of " + ran).hasSize(1);
    assertThat(lines.getFirst()).contains(parts);
  }

  /** Reads the whole document; returns its time. */
  private static String time(String json) {
    String time = "";
    try (JsonReader reader = JsonText.reader(json.getBytes(StandardCharsets.UTF_8))) {
      reader.beginObject();
      while (reader.hasNextField()) {
        if (reader.nextField().equals("time")) {
          time = reader.readString();
        } else {
          reader.skipValue();
        }
      }
      reader.endObject();
    }
    return time;
  }

  @Test
  void withoutADaemonItSaysWhyThereIsNoneAndChecksTheRest() throws IOException {
    Path open = Files.createDirectory(jvault.home().resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    jvault.set("JVAULT_HOME", open.resolve("jv").toString());
    CommandResult ran =
        jvault.run(Map.of("AWS_SECRET_ACCESS_KEY", "canary"), "doctor", "--", "aws", "s3", "ls");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.PROBLEMS.status());
    assertThat(ran.out())
        .startsWith("problem  daemon ")
        .contains("chmod go-w '" + open + "'")
        .contains("problem  variables")
        .contains("AWS_SECRET_ACCESS_KEY")
        .doesNotContain("canary");
    // On a busy machine the checks take long, and are named.
    assertThat(ran.err().replaceFirst("^jvault: Still waiting for: .*\n", "")).isEmpty();
    assertThat(open).isEmptyDirectory();
  }
}
