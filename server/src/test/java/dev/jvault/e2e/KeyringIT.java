package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.vault.PrivateBus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Secret Service holds the vault's key, and jvault asks for no passphrase. */
final class KeyringIT {
  private StandInSts sts;
  private Jvault jvault;
  private PrivateBus bus;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = Jvault.withRootAndChild(sts);
    bus = new PrivateBus(Files.createDirectory(jvault.home().resolve("bus")));
    bus.startKeyring("password");
    jvault.unset("JVAULT_PASSPHRASE");
    bus.environment().forEach(jvault::set);
  }

  @AfterEach
  void stop() {
    jvault.killDaemon();
    bus.close();
    jvault.close();
    sts.close();
  }

  @Test
  void keepsTheVaultsKeyAcrossARestart() {
    CommandResult added = jvault.addKey("root", Jvault.KEY_ID, Jvault.SECRET);
    added.ok();
    assertThat(added.err()).contains("its key is in the OS keyring");
    assertThat(jvault.run("exec", "child", "--", "echo", "first").ok()).isEqualTo("first\n");
    assertThat(jvault.run("status").ok()).contains("key from keyring");
    jvault.run("stop").ok();
    assertThat(jvault.run("exec", "child", "--", "echo", "second").ok()).isEqualTo("second\n");
    assertThat(sts.calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void aLockedOrMissingKeyringGivesOneSentenceAndLosesNothing() throws IOException {
    jvault.addKey("root", Jvault.KEY_ID, Jvault.SECRET).ok();
    jvault.run("stop").ok();
    bus.stopKeyring();
    jvault.run("exec", "child", "--", "true").refused(4, "keyring");
    bus.startLockedKeyring();
    jvault.run("exec", "child", "--", "true").refused(4, "keyring is locked");
    bus.stopKeyring();
    bus.startKeyring("password");
    assertThat(jvault.run("exec", "child", "--", "echo", "again").ok()).isEqualTo("again\n");
  }

  @Test
  void afterALoginWithALockedKeyringAnSdkAndTheStatusSayWhatToRun() throws IOException {
    jvault.addKey("root", Jvault.KEY_ID, Jvault.SECRET).ok();
    Map<String, String> variables =
        jvault.run("server", "--profile", "root", "--background").variables();
    jvault.run("stop").ok();
    bus.stopKeyring();
    bus.startLockedKeyring();
    jvault.run("server", "--background").ok();

    CommandResult sdk =
        jvault.finish(
            jvault.startCommand(
                variables,
                List.of(
                    "python3",
                    "-c",
                    "import boto3; boto3.client('sts', region_name='eu-west-1').get_caller_identity()")),
            "boto3");

    assertThat(sdk.exit()).isNotZero();
    assertThat(sdk.err())
        .contains("jvault needs the desktop's keyring, which is locked: run `jvault unlock root`");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() ->
            assertThat(jvault.run("status").ok())
                .contains(
                    "state      waiting for you: profile root needs the desktop's keyring, which is"
                        + " locked; run `jvault unlock root`"));
    bus.stopKeyring();
    bus.startKeyring("password");
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> assertThat(jvault.run("status").ok()).contains("state      ready: serves root"));
  }

  @Test
  void withoutAKeyringAtFirstUseNothingWeakerIsChosen() {
    bus.stopKeyring();
    jvault
        .addKey("root", Jvault.KEY_ID, Jvault.SECRET)
        .refused(4, "No OS keyring answers", "JVAULT_PASSPHRASE_FILE");
    assertThat(jvault.folder().resolve("vault/keys.age")).doesNotExist();
  }
}
