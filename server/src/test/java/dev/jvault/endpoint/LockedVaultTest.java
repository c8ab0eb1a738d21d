package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.Patience;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SDKs get while the vault is locked by a passphrase. */
final class LockedVaultTest {
  @TempDir Path home;

  @Test
  @DisplayName(
      "15. if the vault is locked, the response says so at once, in both spellings, until it is unlocked")
  void aLockedVaultIsReportedAtOnce() throws IOException {
    try (RunningJvault jvault = RunningJvault.empty(home)) {
      ControlTestClient user = jvault.stranger().atTerminal().with("caller.passphrase=true");
      RunningJvault.succeeded(
          user.converse(
              "add",
              List.of("open sesame"),
              "profile=dev",
              "access-key-id=" + RunningJvault.KEY_ID,
              "secret-access-key=" + RunningJvault.KEY_SECRET));
      ControlResponse plan = RunningJvault.succeeded(user.call("exec", "profile=dev"));
      var client = new SdkClient(new ParsedLaunchPlan(plan.body()));
      assertThat(client.get().credentials()).isTrue();

      jvault.restart();
      SdkResponse locked = client.get();
      assertThat(locked.status()).isEqualTo(503);
      assertThat(locked.member("Message")).contains("passphrase").contains("jvault unlock dev");
      assertThat(locked.member("message")).isEqualTo(locked.member("Message"));
      assertThat(locked.member("code")).isEqualTo(locked.member("Code")).isNotEmpty();

      RunningJvault.succeeded(user.converse("unlock", List.of("open sesame"), "profile=dev"));
      assertThat(client.get().credentials()).isTrue();
    }
  }

  @Test
  void aProfileWithoutAKeyNeedsTheVaultOpenToBeKnown() throws IOException {
    try (RunningJvault jvault = RunningJvault.empty(home)) {
      ControlTestClient user = withVault(jvault);
      jvault.config(
          "[profile process]\ncredential_process = cat '%s/answer'\nendpoint_url = %s\n"
              .formatted(home, jvault.sts().endpoint()));
      Files.writeString(
          home.resolve("answer"),
          "{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"canary\"}"
              .formatted(RunningJvault.KEY_ID));
      var client =
          new SdkClient(
              new ParsedLaunchPlan(
                  RunningJvault.succeeded(user.call("exec", "profile=process")).body()));
      assertThat(client.get().credentials()).isTrue();

      jvault.restart();
      SdkResponse locked = client.get();
      assertThat(locked.status()).isEqualTo(503);
      assertThat(locked.member("Message")).contains("jvault unlock process");

      RunningJvault.succeeded(user.converse("unlock", List.of("open sesame")));
      assertThat(client.get().credentials()).isTrue();
    }
  }

  @Test
  void aPassphraseOfTheUnitOpensTheVaultForAnSdk() throws IOException {
    try (RunningJvault jvault = RunningJvault.empty(home)) {
      ControlTestClient user = withVault(jvault);
      var client =
          new SdkClient(
              new ParsedLaunchPlan(
                  RunningJvault.succeeded(user.call("exec", "profile=dev")).body()));
      Path credentials = Files.createDirectory(home.resolve("credentials"));
      Files.writeString(credentials.resolve("passphrase"), "open sesame\nsecond line\n");

      jvault.restartIn(Map.of("CREDENTIALS_DIRECTORY", credentials.toString()));
      await()
          .atMost(Patience.LIMIT)
          .untilAsserted(() -> assertThat(client.get().credentials()).isTrue());
      Files.writeString(credentials.resolve("passphrase"), "wrong\n");

      jvault.restart();
      assertThat(client.get().status()).as("a wrong one is as none").isEqualTo(503);
    }
  }

  private static ControlTestClient withVault(RunningJvault jvault) {
    ControlTestClient user = jvault.stranger().atTerminal().with("caller.passphrase=true");
    RunningJvault.succeeded(
        user.converse(
            "add",
            List.of("open sesame"),
            "profile=dev",
            "access-key-id=" + RunningJvault.KEY_ID,
            "secret-access-key=" + RunningJvault.KEY_SECRET));
    return user;
  }
}
