package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyVaultTest {
  @TempDir Path parent;
  private TestVault files = new TestVault(Path.of("/nowhere"));

  @BeforeEach
  void prepare() {
    files = new TestVault(parent);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void findsAKeyOnlyByItsName() {
    KeyVault keys = files.created().keys();
    keys.put("dev", TestVault.key("AKIADEV", "secret"));
    assertThat(keys.find("dev")).isPresent();
    assertThat(keys.find("DEV")).isEmpty();
    assertThat(keys.find("AKIADEV")).isEmpty();
  }

  @Test
  void listsKeysByNameWithTheTimeTheyWereAdded() {
    KeyVault keys = files.created().keys();
    keys.put("prod", TestVault.key("AKIAPROD", "secret"));
    files.advance(Duration.ofHours(1));
    keys.put("dev", TestVault.key("AKIADEV", "secret"));
    assertThat(keys.list())
        .containsExactly(
            new KeyVault.KeyInfo(
                "dev", "AKIADEV", TestVault.START.plusSeconds(3600), Optional.empty()),
            new KeyVault.KeyInfo("prod", "AKIAPROD", TestVault.START, Optional.empty()));
  }

  @Test
  void keepsTheVersionBeforeTheLast() throws Exception {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "first-secret"));
    vault.keys().put("prod", TestVault.key("AKIAPROD", "second-secret"));
    assertThat(backup(vault)).contains("first-secret").doesNotContain("second-secret");
  }

  @Test
  @Attack("removed-is-gone")
  void leavesNothingOfARemovedKey() {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "canary-dev"));
    vault.keys().put("prod", TestVault.key("AKIAPROD", "canary-prod"));
    Secret identity = vault.recoveryIdentity();
    assertThat(files.everything(identity)).contains("canary-dev");

    assertThat(vault.keys().remove("dev")).isTrue();
    assertThat(vault.keys().find("dev")).isEmpty();
    assertThat(files.everything(identity))
        .doesNotContain("canary-dev", "AKIADEV")
        .contains("canary-prod");
    assertThat(vault.keys().remove("dev")).isFalse();
  }

  @Test
  @Attack("removed-is-gone")
  void leavesNothingOfAReplacedKey() {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIAOLD", "canary-old"));
    vault.keys().put("prod", TestVault.key("AKIAPROD", "secret"));
    vault.keys().put("dev", TestVault.key("AKIANEW", "canary-new"));
    assertThat(files.everything(vault.recoveryIdentity()))
        .doesNotContain("canary-old", "AKIAOLD")
        .contains("canary-new");
  }

  @Test
  @Attack("removed-is-gone")
  void removesTheTemporaryFilesOfAKilledProcess() throws IOException {
    files.created();
    Path left = files.file("keys.age.0123456789abcdef.tmp");
    Files.writeString(left, "half a file");
    files.unlock(files.restart());
    assertThat(left).doesNotExist();
  }

  @Test
  void changesNothingIfItCannotWrite() throws IOException {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "secret"));
    // A file cannot replace a folder, not even as root.
    Files.delete(files.file(KeyVault.FILE));
    Files.createDirectory(files.file(KeyVault.FILE));
    assertThatThrownBy(() -> vault.keys().put("prod", TestVault.key("AKIAPROD", "secret")))
        .hasMessageContaining("keys.age cannot be written")
        .hasMessageContaining("nothing was changed");
    assertThat(vault.keys().find("prod")).isEmpty();
    try (Stream<Path> all = Files.list(files.directory)) {
      assertThat(all.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private String backup(Vault vault) throws IOException, UnreadableFileException {
    AgeIdentity age = AgeIdentity.parse(vault.recoveryIdentity().reveal()).orElseThrow();
    byte[] sealed = Files.readAllBytes(files.file(KeyVault.BACKUP));
    return new String(AgeEnvelope.open(sealed, age.reader()), StandardCharsets.UTF_8);
  }
}
