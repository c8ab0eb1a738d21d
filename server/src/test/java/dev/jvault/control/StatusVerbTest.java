package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} shows of a running daemon, and {@code grants} of what it has opened. */
final class StatusVerbTest {
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
  void saysWhyAuditEntriesAreMissing() throws IOException {
    jvault.exec("dev", "env=true");
    Files.delete(jvault.files().audit());
    Files.createDirectories(jvault.files().audit().resolve("in the way"));
    jvault.exec("deploy", "env=true");

    String trouble = "audit entries missing in " + jvault.files().audit() + ": 1 (";
    assertThat(status()).contains("  audit      " + trouble);
    assertThat(status("json=true")).contains("\"auditTrouble\": \"" + trouble);
  }

  @Test
  void countsMalformedRequests() throws IOException {
    assertThat(status()).doesNotContain("malformed");
    for (int one = 0; one < 3; one++) {
      String _ = RawClient.exchange(jvault.port(), "GET /x HTTP/1.1\r\nHost: [bad\r\n\r\n");
    }

    assertThat(status()).contains("  requests   refused as malformed since the start: 3\n");
    assertThat(status("json=true")).contains("\"malformedRequests\": 3");
  }

  @Test
  void saysWhyNothingIsLogged() throws IOException {
    Path log = jvault.files().log();
    Files.deleteIfExists(log);
    Files.createDirectories(log);

    String trouble = "nothing is logged, because that is not a file; move it away";
    assertThat(status()).contains("  log        " + log + "; " + trouble + "\n");
    assertThat(status("json=true")).contains("\"logTrouble\": \"" + trouble);
  }

  @Test
  void answersAlsoIfTheKeySourceFileOfALockedVaultIsDamaged() throws IOException {
    jvault.caller().call("lock");
    Path keySource = jvault.files().vault().resolve("key-source");
    Files.writeString(keySource, "damaged");

    String trouble = keySource + " does not say where the vault's key is; put the right file back.";
    assertThat(status()).contains("  vault      locked by `jvault lock`; " + trouble + "\n");
    assertThat(status("json=true")).contains("\"vaultTrouble\": \"" + trouble);
  }

  @Test
  void saysWherePlaintextKeysAre() throws IOException {
    Path credentials = home.resolve(".aws/credentials");
    Files.writeString(
        credentials,
        "[dev]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(RunningJvault.KEY_ID, RunningJvault.KEY_SECRET));

    assertThat(status())
        .contains(
            "  config     dev has its key in plain text at "
                + credentials
                + ":2; `jvault import dev` moves it into the vault.");
    assertThat(status("json=true"))
        .contains("\"plainKeys\"", credentials + ":2")
        .doesNotContain(RunningJvault.KEY_SECRET, RunningJvault.KEY_ID);
  }

  @Test
  void grantsListsEachGrantWithItsStateAndNoToken() throws IOException {
    var _ = jvault.exec("dev");
    RunningJvault.succeeded(jvault.caller().call("server", "profile=deploy"));

    String plain = jvault.caller().call("grants").body();
    assertThat(plain.lines().findFirst().orElseThrow())
        .containsPattern("^ID +Kind +Profile +Made +State$");
    assertThat(plain)
        .containsPattern("(?m)^dev-terminal +terminal +dev +\\S.* active$")
        .containsPattern("(?m)^deploy-server +server +deploy +\\S.* active$")
        .doesNotContain(Files.readString(jvault.files().tokens().resolve("dev-terminal")));
  }

  private String status(String... options) {
    return jvault.caller().call("status", options).body();
  }
}
