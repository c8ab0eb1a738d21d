package dev.jvault.vault;

import static dev.jvault.vault.TestVault.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  private static final Secret PASSPHRASE = Secret.of("korrekt häst");

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
  void doesNotExistBeforeItIsCreated() {
    Vault vault = files.another();
    assertThat(vault.exists()).isFalse();
    assertThat(vault.keySource()).isEmpty();
    assertThat(vault.unlocked()).isFalse();
    assertThat(files.directory).doesNotExist();
    assertThatThrownBy(() -> files.unlock(vault)).hasMessageContaining("jvault add NAME");
  }

  @Test
  void isUnlockedAndEmptyAfterItIsCreated() {
    Vault vault = files.created();
    assertThat(vault.exists()).isTrue();
    assertThat(vault.unlocked()).isTrue();
    assertThat(vault.keySource()).contains(KeySource.KEYRING);
    assertThat(vault.keys().list()).isEmpty();
    assertThat(vault.sessions().all()).isEmpty();
  }

  @Test
  void keepsKeysAndSessionsAcrossARestart() {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "a/secret+with\"all\\of it"));
    vault.sessions().put("hash", TestVault.session("dev", TestVault.START.plusSeconds(3600)));

    Vault next = files.restart();
    assertThat(next.unlocked()).isFalse();
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.OPEN);

    var key = next.keys().find("dev").orElseThrow();
    assertThat(key.accessKeyId()).isEqualTo("AKIADEV");
    assertThat(key.secretAccessKey()).isEqualTo(Secret.of("a/secret+with\"all\\of it"));
    assertThat(next.keys().list())
        .containsExactly(new KeyVault.KeyInfo("dev", "AKIADEV", TestVault.START, Optional.empty()));
    StoredSession session = next.sessions().find("hash").orElseThrow();
    assertThat(session.keyName()).isEqualTo("dev");
    assertThat(session.label()).isEqualTo("the label of dev");
    assertThat(session.credentials().token()).isEqualTo(Secret.of("token of dev"));
    assertThat(session.credentials().accountId()).contains("123456789012");
    assertThat(session.credentials().roleArn()).isEmpty();
  }

  @Test
  void forgetsEverythingWhenItIsLocked() {
    Vault vault = files.created();
    KeyVault keys = vault.keys();
    SessionVault sessions = vault.sessions();
    vault.lock();
    assertThat(vault.unlocked()).isFalse();
    assertLocked(vault::keys);
    assertLocked(vault::sessions);
    assertLocked(vault::recoveryIdentity);
    assertLocked(keys::list);
    assertLocked(() -> keys.put("dev", TestVault.key("AKIADEV", "secret")));
    assertLocked(sessions::all);
  }

  @Test
  @Attack("passphrase")
  void opensOnlyWithTheRightPassphrase() {
    Vault vault = files.another();
    vault.create(KeySource.PASSPHRASE, Optional.of(PASSPHRASE), Optional.empty(), ENVIRONMENT);
    vault.keys().put("dev", TestVault.key("AKIADEV", "secret"));

    Vault next = files.restart();
    assertThat(next.keySource()).contains(KeySource.PASSPHRASE);
    assertThat(next.unlock(Optional.empty(), ENVIRONMENT))
        .isEqualTo(UnlockResult.PASSPHRASE_NEEDED);
    assertThat(next.unlock(Optional.of(Secret.of("")), ENVIRONMENT))
        .isEqualTo(UnlockResult.PASSPHRASE_NEEDED);
    assertThat(next.unlock(Optional.of(Secret.of("korrekt")), ENVIRONMENT))
        .isEqualTo(UnlockResult.PASSPHRASE_WRONG);
    assertThat(next.unlocked()).isFalse();
    assertThat(next.unlock(Optional.of(PASSPHRASE), ENVIRONMENT)).isEqualTo(UnlockResult.OPEN);
    assertThat(next.keys().find("dev")).isPresent();
  }

  @Test
  void opensWithThePassphraseIfTheKeySourceFileIsMissing() throws IOException {
    Optional<Secret> passphrase = Optional.of(Secret.of("right"));
    files.another().create(KeySource.PASSPHRASE, passphrase, Optional.empty(), ENVIRONMENT);
    Files.delete(files.file(KeySourceFile.FILE));
    Vault next = files.restart();
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.PASSPHRASE_NEEDED);

    assertThat(next.unlock(passphrase, ENVIRONMENT)).isEqualTo(UnlockResult.OPEN);

    assertThat(files.file(KeySourceFile.FILE)).content().contains("source passphrase");
  }

  @Test
  @Attack("passphrase")
  void refusesAnEmptyPassphrase() {
    Vault vault = files.another();
    assertThatThrownBy(() ->
            vault.create(
                KeySource.PASSPHRASE, Optional.of(Secret.of("")), Optional.empty(), ENVIRONMENT))
        .hasMessageContaining("must not be empty");
    assertThat(vault.exists()).isFalse();
  }

  @Test
  void getsItsIdentityFromACommand() {
    Secret identity = AgeIdentity.generate().encoded();
    String command = "printf '# my key\\n%s\\n' " + identity.reveal();
    Vault vault = files.another();
    vault.create(KeySource.COMMAND, Optional.empty(), Optional.of(command), ENVIRONMENT);
    assertThat(vault.recoveryIdentity()).isEqualTo(identity);

    Vault next = files.restart();
    assertThat(next.keySource()).contains(KeySource.COMMAND);
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.OPEN);
  }

  @Test
  void isNotCreatedIfTheCommandPrintsNoIdentity() {
    Vault vault = files.another();
    assertThatThrownBy(() ->
            vault.create(
                KeySource.COMMAND, Optional.empty(), Optional.of("echo hello"), ENVIRONMENT))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("echo hello")
        .hasMessageContaining("age-keygen");
    assertThat(vault.exists()).isFalse();
  }

  @Test
  void isNeverCreatedOverAnother() {
    Secret identity = files.created().recoveryIdentity();
    Vault next = files.restart();
    assertThatThrownBy(
            () -> next.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), ENVIRONMENT))
        .hasMessageContaining("already");
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.OPEN);
    assertThat(next.recoveryIdentity()).isEqualTo(identity);
  }

  @Test
  void isNeverCreatedOverKeysWithoutAKeySourceFile() throws IOException {
    files.created();
    Files.delete(files.file(KeySourceFile.FILE));
    Vault next = files.restart();
    assertThatThrownBy(
            () -> next.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), ENVIRONMENT))
        .hasMessageContaining("key-source")
        .hasMessageContaining("keys.age");
  }

  @Test
  void leavesNothingBehindIfItCannotBeCreated() {
    files.keyring.afterWrite(
        () -> assertThat(files.directory.toFile().setWritable(true, false)).isTrue());
    assertThatThrownBy(files::created).hasMessageContaining("chmod 700");
    assertThat(files.keyring.isEmpty()).isTrue();
    assertThat(files.directory.toFile().list()).containsExactly(VaultLock.FILE);

    files.keyring.afterWrite(() -> {});
    assertThat(files.directory.toFile().setWritable(false, false)).isTrue();
    assertThat(files.directory.toFile().setWritable(true, true)).isTrue();
    assertThat(files.created().unlocked()).isTrue();
  }

  @Test
  @Attack("own-files")
  void isForItsOwnerOnly() throws IOException {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "secret"));
    vault.sessions().put("hash", TestVault.session("dev", TestVault.START.plusSeconds(3600)));
    assertThat(mode(files.directory)).isEqualTo("rwx------");
    try (Stream<Path> all = Files.list(files.directory)) {
      assertThat(all.toList())
          .hasSize(5)
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void keepsASecondProcessOut() {
    files.created();
    Vault second = files.another();
    assertThatThrownBy(() -> files.unlock(second))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("in use by another jvault")
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void letsAnotherProcessInOnceItIsLocked() {
    Vault first = files.created();
    first.lock();
    assertThat(files.unlock(files.another())).isEqualTo(UnlockResult.OPEN);
  }

  @Test
  void saysThatTheKeyringHasNoItem() {
    files.created();
    files.keyring.clear();
    Vault next = files.restart();
    assertThatThrownBy(() -> files.unlock(next))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("no item for this vault")
        .hasMessageContaining("recovery key");
    assertThat(next.unlocked()).isFalse();
  }

  @Test
  void saysThatTheKeyringItemIsNotAnIdentity() {
    files.created();
    files.keyring.replaceAll(Secret.of("hunter2"));
    assertThatThrownBy(() -> files.unlock(files.restart()))
        .hasMessageContaining("something else")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void showsTheIdentityInTheKeyring() {
    Secret identity = files.created().recoveryIdentity();
    assertThat(identity.reveal()).startsWith("AGE-SECRET-KEY-1");
    assertThat(AgeIdentity.parse(identity.reveal())).isPresent();
  }

  private static void assertLocked(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.VAULT))
        .hasMessageContaining("locked");
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
