package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.vault.PrivateBus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
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
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer
            """);
    bus = new PrivateBus(Files.createDirectory(jvault.home().resolve("bus")));
    bus.startKeyring("password");
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString()).unset("JVAULT_PASSPHRASE");
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
  void withoutAKeyringAtFirstUseNothingWeakerIsChosen() {
    bus.stopKeyring();
    jvault
        .addKey("root", Jvault.KEY_ID, Jvault.SECRET)
        .refused(4, "No OS keyring answers", "JVAULT_PASSPHRASE_FILE");
    assertThat(jvault.folder().resolve("vault/keys.age")).doesNotExist();
  }
}
