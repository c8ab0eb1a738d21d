package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of the config file while the daemon runs. */
final class ConfigReloadTest {
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
  void anEditDropsOnlyTheSessionsThatItAffects() throws IOException {
    var audit = SdkClient.of(jvault, "audit");
    assertThat(audit.get().credentials()).isTrue();
    assertThat(SdkClient.of(jvault, "deploy").get().credentials()).isTrue();
    assertThat(labels()).contains("role/audit").contains("role/deploy");

    edit("role/audit", "role/audit-2");
    assertThat(audit.get().status()).isEqualTo(400);
    assertThat(SdkClient.of(jvault, "audit").get().credentials()).isTrue();
    await()
        .untilAsserted(
            () -> assertThat(labels()).contains("role/audit-2").doesNotContain("role/audit\""));
    assertThat(labels()).contains("role/deploy");
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(3);
  }

  @Test
  void aCommandNeverGoesOnWithAnotherRoleThanItBeganWith() throws IOException {
    var first = SdkClient.of(jvault, "audit");
    assertThat(first.get().credentials()).isTrue();

    edit("210987654321:role/audit", "333333333333:role/audit");
    SdkResponse refused = first.get();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "Profile audit led to arn:aws:iam::210987654321:role/audit when this command began,"
                + " and now leads to arn:aws:iam::333333333333:role/audit; start the command again");

    var second = SdkClient.of(jvault, "audit");
    assertThat(second.get().credentials()).isTrue();
    assertThat(first.get().status()).isEqualTo(400);

    edit("333333333333:role/audit", "210987654321:role/audit");
    assertThat(first.get().credentials()).isTrue();
    assertThat(second.get().status()).isEqualTo(400);
    assertThat(SdkClient.of(jvault, "audit").get().credentials()).isTrue();
  }

  @Test
  void aCommandGoesOnWhileAnEditLeavesItsRole() throws IOException {
    var command = SdkClient.of(jvault, "audit");
    assertThat(command.get().credentials()).isTrue();
    edit("[profile audit]\n", "[profile audit]\nregion = us-east-1\nduration_seconds = 1800\n");
    assertThat(command.get().credentials()).isTrue();
  }

  @Test
  void aDeletedProfileIsReportedAndWorksAgainOnceItIsBack() throws IOException {
    var audit = SdkClient.of(jvault, "audit");
    String before = Files.readString(jvault.configFile());
    assertThat(audit.get().credentials()).isTrue();
    edit("[profile audit]", "[profile other]");
    var gone = audit.get();
    assertThat(gone.status()).isEqualTo(400);
    assertThat(gone.body()).contains("There is no profile", "audit");
    jvault.config(before);
    assertThat(audit.get().credentials()).isTrue();
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(2);
  }

  @Test
  void aReadyFileDoesNotOutliveAnEditThatTheLauncherCannotSee() throws IOException {
    var _ = jvault.exec("dev");
    Path ready = jvault.files().readyFiles().resolve("dev");
    assertThat(ready).exists();
    Path next = Files.writeString(home.resolve("next"), Files.readString(jvault.configFile()));
    FileTime time = Files.getLastModifiedTime(jvault.configFile());
    Files.setLastModifiedTime(next, time);
    Files.move(next, jvault.configFile(), StandardCopyOption.ATOMIC_MOVE);
    jvault.clock().advance(Duration.ofSeconds(20));
    await().untilAsserted(() -> assertThat(ready).doesNotExist());
  }

  @Test
  void anUnusableFileIsReportedAndChangesNothingForRunningCommands() throws IOException {
    var deploy = SdkClient.of(jvault, "deploy");
    assertThat(deploy.get().credentials()).isTrue();
    Files.delete(jvault.configFile());
    Files.createDirectory(jvault.configFile());
    assertThat(deploy.get().credentials()).isTrue();
    ControlResponse exec = jvault.caller().call("exec", "profile=audit");
    assertThat(exec.ended(ExitCode.PROFILE)).isTrue();
    assertThat(exec.message()).contains(jvault.configFile() + " is a directory, and nothing");
    assertThat(jvault.files().readyFiles().resolve("audit")).doesNotExist();
    assertThat(jvault.caller().call("status").body())
        .contains("  config     " + jvault.configFile() + " is a directory; ");
    assertThat(jvault.caller().call("status", "json=true").body())
        .contains("\"configTroubles\"", "is a directory", "\"since\": \"20");
    Files.delete(jvault.configFile());
  }

  @Test
  void aBrokenLineBreaksOneProfileAndIsShownByStatus() throws IOException {
    edit("[profile mfa]\n", "[profile mfa]\nno value here\n");
    assertThat(SdkClient.of(jvault, "deploy").get().credentials()).isTrue();
    assertThat(jvault.caller().call("exec", "profile=mfa-role").message())
        .contains("mfa is broken");
    assertThat(jvault.caller().call("status").body())
        .contains("[mfa] is broken: " + jvault.configFile() + ":")
        .contains("cannot be read");
  }

  private String labels() {
    return jvault.caller().call("status", "json=true").body();
  }

  private void edit(String from, String to) {
    try {
      jvault.config(Files.readString(jvault.configFile()).replace(from, to));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
