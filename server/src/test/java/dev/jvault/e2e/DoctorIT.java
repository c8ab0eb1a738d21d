package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
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
    assertThat(ran.err()).isEmpty();
    assertThat(open).isEmptyDirectory();
  }
}
