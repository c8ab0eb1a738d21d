package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VaultTroubleTest {
  @TempDir Path parent;
  private TestVault files = new TestVault(Path.of("/nowhere"));
  private Secret identity = Secret.of("");

  @BeforeEach
  void createAVaultWithAKey() {
    files = new TestVault(parent);
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "secret"));
    vault.sessions().put("hash", TestVault.session("dev", TestVault.START.plusSeconds(3600)));
    identity = vault.recoveryIdentity();
    vault.close();
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  @Attack("encrypted")
  void refusesAKeyFileTruncatedAtAnyLength() throws IOException {
    byte[] whole = Files.readAllBytes(files.file(KeyVault.FILE));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(files.file(KeyVault.FILE), cut);
      Vault vault = files.restart();
      assertThatThrownBy(() -> files.unlock(vault))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.VAULT))
          .hasMessageContaining(files.file(KeyVault.FILE) + (length == 0 ? " is empty" : " is d"))
          .hasMessageContaining(files.file(KeyVault.BACKUP).toString());
      assertThat(vault.unlocked()).isFalse();
      assertThat(files.file(KeyVault.FILE)).hasBinaryContent(cut);
    }
  }

  @Test
  @Attack("encrypted")
  void refusesAKeyFileWithAnyByteAltered() throws IOException {
    byte[] whole = Files.readAllBytes(files.file(KeyVault.FILE));
    for (int position = 0; position < whole.length; position += 7) {
      byte[] altered = whole.clone();
      altered[position] ^= 1;
      Files.write(files.file(KeyVault.FILE), altered);
      Vault vault = files.restart();
      assertThatThrownBy(() -> files.unlock(vault))
          .as("byte %d altered", position)
          .isInstanceOf(JvaultException.class)
          .hasMessageStartingWith(files.file(KeyVault.FILE).toString());
    }
  }

  @Test
  void replacesSessionsThatAreTruncatedAtAnyLength() throws IOException {
    byte[] whole = Files.readAllBytes(files.file(SessionVault.FILE));
    for (int length = 0; length < whole.length; length += 11) {
      Files.write(files.file(SessionVault.FILE), Arrays.copyOf(whole, length));
      Vault vault = files.restart();
      assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);
      assertThat(vault.sessions().all()).isEmpty();
      assertThat(vault.keys().find("dev")).isPresent();
    }
  }

  @Test
  @Attack("own-files")
  void setsSessionsAsideThatOtherUsersCanReach() throws IOException {
    Path sessions = files.file(SessionVault.FILE);
    Files.setPosixFilePermissions(sessions, PosixFilePermissions.fromString("rw-r--r--"));
    Vault vault = files.restart();

    assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);

    assertThat(vault.sessions().all()).isEmpty();
    assertThat(sessions).doesNotExist();
    assertThat(files.file(SessionVault.ASIDE)).isRegularFile();
    vault.sessions().removeIf((_, _) -> true);
    assertThat(files.file(SessionVault.ASIDE)).as("a removed session").doesNotExist();
  }

  @Test
  void setsAFolderInPlaceOfTheSessionsAside() throws IOException {
    Files.delete(files.file(SessionVault.FILE));
    Files.createDirectories(files.file(SessionVault.FILE).resolve("inside"));
    Vault vault = files.restart();

    assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);

    vault.sessions().put("hash", TestVault.session("dev", TestVault.START.plusSeconds(60)));
    assertThat(files.file(SessionVault.FILE)).isRegularFile();
  }

  @Test
  void opensWithoutSessionsIfTheyCannotEvenBeSetAside() throws IOException {
    Files.write(files.file(SessionVault.FILE), new byte[] {1});
    Files.createDirectories(files.file(SessionVault.ASIDE).resolve("inside"));
    assertThat(files.unlock(files.restart())).isEqualTo(UnlockResult.OPEN);
  }

  @Test
  void namesAMissingKeySourceFileAndWhatToDo() throws IOException {
    Files.delete(files.file(KeySourceFile.FILE));
    Vault vault = files.restart();

    assertThat(vault.exists()).isTrue();
    assertThatThrownBy(() -> files.unlock(vault))
        .hasMessage(
            "%s is missing, and only it says where the key of %s is kept: put it back from a"
                + " backup, or decrypt the keys with your recovery key (age -d -i KEYFILE) and move"
                + " both files away.",
            files.file(KeySourceFile.FILE), files.file(KeyVault.FILE));
  }

  @Test
  void writesTheKeySourceFileAgainWhileTheVaultIsOpen() throws IOException {
    Vault vault = files.restart();
    files.unlock(vault);
    String content = Files.readString(files.file(KeySourceFile.FILE));
    Files.delete(files.file(KeySourceFile.FILE));
    assertThat(vault.keySource()).contains(KeySource.KEYRING);

    vault.restoreKeySource();

    assertThat(files.file(KeySourceFile.FILE)).hasContent(content);
  }

  @Test
  void writesTheKeySourceFileAgainBeforeTheVaultIsLocked() throws IOException {
    Vault vault = files.restart();
    files.unlock(vault);
    Files.delete(files.file(KeySourceFile.FILE));

    vault.lockByUser(false);

    vault.endUserLock();
    assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);
  }

  @Test
  void createsANewVaultInPlaceOfAnOpenOneWhoseFilesWereRemoved() throws IOException {
    Vault vault = files.restart();
    files.unlock(vault);
    for (String name : List.of(KeySourceFile.FILE, KeyVault.FILE, KeyVault.BACKUP)) {
      Files.delete(files.file(name));
    }
    assertThat(vault.exists()).isFalse();

    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), TestVault.ENVIRONMENT);

    assertThat(vault.keys().find("dev")).isEmpty();
  }

  @Test
  void keepsTheIdentityOfABackupThatIsTheLastFileOfKeys() throws IOException {
    Files.delete(files.file(KeySourceFile.FILE));
    Files.delete(files.file(KeyVault.FILE));
    Vault vault = files.restart();
    assertThatThrownBy(() ->
            vault.create(
                KeySource.KEYRING, Optional.empty(), Optional.empty(), TestVault.ENVIRONMENT))
        .hasMessageContaining("key-source is missing")
        .hasMessageContaining("keys.age.bak");
  }

  @Test
  void saysThatItsFolderIsNoneInsteadOfThatThereIsNoVault() throws IOException {
    Files.move(files.directory, parent.resolve("elsewhere"));
    Files.writeString(files.directory, "");
    Vault vault = files.restart();

    assertThat(vault.exists()).isTrue();
    assertThatThrownBy(() -> files.unlock(vault))
        .hasMessage("%s is not a folder; move it away.", files.directory);
  }

  @Test
  void saysWhyTheLockCannotBeTaken() throws IOException {
    Files.delete(files.file(VaultLock.FILE));
    Files.createDirectory(files.file(VaultLock.FILE));
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessage(
            "%s cannot be locked against other writers (Is a directory); move it away.",
            files.file(VaultLock.FILE));
  }

  @Test
  void refusesAMissingKeyFile() throws IOException {
    Files.delete(files.file(KeyVault.FILE));
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("keys.age is missing")
        .hasMessageContaining("keys.age.bak");
  }

  @Test
  @Attack("encrypted")
  void refusesKeysOfAnotherIdentity() throws IOException {
    AgeIdentity other = AgeIdentity.generate();
    byte[] sealed = AgeEnvelope.seal("{}".getBytes(StandardCharsets.UTF_8), other.writer());
    Files.write(files.file(KeyVault.FILE), sealed);
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("keys.age is not encrypted for the identity of this vault");
  }

  @Test
  void refusesKeysOfANewerFormat() throws IOException {
    writeKeys("{\"format\":2,\"vaults\":{\"name\":[]}}");
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("format 2, which is newer than format 1")
        .hasMessageContaining("install a newer jvault");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"format\":1}",
        "{\"format\":1,\"keys\":{}}",
        "{\"format\":1,\"keys\":[{\"name\":\"planted-canary\"}]}",
        "{\"format\":1,\"keys\":[{\"name\":\"dev\",\"accessKeyId\":\"A\","
            + "\"secretAccessKey\":\"planted-canary\",\"added\":\"planted-canary\"}]}"
      })
  void refusesForeignContent(String content) throws IOException {
    writeKeys(content);
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("keys.age does not hold what jvault writes")
        .hasNoCause()
        .hasMessageNotContaining("planted-canary");
  }

  @Test
  void skipsFieldsThatALaterVersionAdded() throws IOException {
    writeKeys(
        "{\"format\":1,\"made\":{\"by\":[1]},\"keys\":[{\"name\":\"dev\",\"accessKeyId\":\"AKIA\","
            + "\"secretAccessKey\":\"s\",\"added\":\"2026-01-01T00:00:00Z\",\"note\":\"mine\"}]}");
    Vault vault = files.restart();
    assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);
    assertThat(vault.keys().find("dev")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {KeyVault.FILE, KeyVault.BACKUP, KeySourceFile.FILE})
  @Attack("own-files")
  void refusesAFileThatOtherUsersCanRead(String name) throws IOException {
    Files.setPosixFilePermissions(files.file(name), PosixFilePermissions.fromString("rw-r-----"));
    Vault vault = files.restart();
    assertThatThrownBy(() -> files.unlock(vault))
        .hasMessage(
            "%s is open to other users; run: chmod 600 '%s'", files.file(name), files.file(name));
    assertThat(vault.unlocked()).isFalse();
  }

  @Test
  @Attack("own-files")
  void refusesAFolderThatOtherUsersCanRead() throws IOException {
    Files.setPosixFilePermissions(files.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("chmod 700 '" + files.directory + "'");
  }

  @Test
  @Attack("own-files")
  void refusesToWriteIntoAFolderThatBecameReadable() throws IOException {
    Vault vault = files.restart();
    files.unlock(vault);
    Files.setPosixFilePermissions(files.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> vault.keys().put("new", TestVault.key("AKIANEW", "secret")))
        .hasMessageContaining("chmod 700");
    assertThat(vault.keys().find("new")).isEmpty();
  }

  @Test
  @Attack("own-files")
  void refusesALinkInPlaceOfAFile() throws IOException {
    Path elsewhere = parent.resolve("elsewhere");
    Files.move(files.file(KeyVault.FILE), elsewhere);
    Files.createSymbolicLink(files.file(KeyVault.FILE), elsewhere);
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("keys.age is not a regular file");
  }

  @Test
  @Attack("own-files")
  void refusesAFolderOfAnotherUser() throws IOException {
    Path foreign = Path.of("/");
    if (System.getProperty("user.name", "").equals("root")) {
      Files.setAttribute(files.directory, "unix:uid", 65534);
      foreign = files.directory;
    }
    VaultFolder folder = new VaultFolder(foreign);
    assertThatThrownBy(folder::check)
        .hasMessageContaining("and not to you")
        .hasMessageContaining("JVAULT_HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "jvault-key-source 1\nsource keyring\n"})
  void refusesAnInvalidKeySourceFile(String note) throws IOException {
    Files.writeString(files.file(KeySourceFile.FILE), note);
    assertThatThrownBy(() -> files.restart().keySource())
        .hasMessageContaining("key-source does not say where the vault's key is");
  }

  @Test
  void refusesAKeySourceFileOfANewerFormat() throws IOException {
    Files.writeString(files.file(KeySourceFile.FILE), "jvault-key-source 2\nsource tpm\n");
    assertThatThrownBy(() -> files.restart().keySource()).hasMessageContaining("has format 2");
  }

  private void writeKeys(String content) throws IOException {
    AgeIdentity age = AgeIdentity.parse(identity.reveal()).orElseThrow();
    Files.write(
        files.file(KeyVault.FILE),
        AgeEnvelope.seal(content.getBytes(StandardCharsets.UTF_8), age.writer()));
  }
}
