package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code age} command decrypts the files of the vault, and jvault decrypts those of {@code
 * age}.
 */
final class AgeCommandIT {
  private static final String PASSPHRASE = "correct hörse";

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
  void opensKeysAndSessionsWithTheRecoveryKey() throws Exception {
    Vault vault = files.created();
    vault.keys().put("dev", TestVault.key("AKIADEV", "the secret"));
    vault.keys().put("prod", TestVault.key("AKIAPROD", "another"));
    vault.sessions().put("hash", TestVault.session("dev", TestVault.START.plusSeconds(3600)));
    Path key = parent.resolve("recovery.txt");
    Files.writeString(key, vault.recoveryIdentity().reveal() + "\n");
    assertThat(age("-d", "-i", key.toString(), files.file(KeyVault.FILE).toString()))
        .contains("\"secretAccessKey\":\"the secret\"");
    assertThat(age("-d", "-i", key.toString(), files.file(KeyVault.BACKUP).toString()))
        .contains("AKIADEV");
    assertThat(age("-d", "-i", key.toString(), files.file(SessionVault.FILE).toString()))
        .contains("token of dev");
  }

  @Test
  void opensTheIdentityFileWithThePassphrase() throws Exception {
    Vault vault = createdWithPassphrase();
    Path opened = parent.resolve("opened");
    String command = "age -d -o '%s' '%s'".formatted(opened, files.file(PassphraseFile.FILE));
    try (var terminal = new PseudoTerminal(command)) {
      terminal.answer("passphrase", PASSPHRASE);
      assertThat(terminal.status()).isZero();
    }
    assertThat(opened).hasContent(vault.recoveryIdentity().reveal());
  }

  @Test
  void opensKeysWithTheIdentityFileDirectly() throws Exception {
    Vault vault = createdWithPassphrase();
    vault.keys().put("dev", TestVault.key("AKIADEV", "the secret"));
    Path opened = parent.resolve("opened");
    String command =
        "age -d -i '%s' -o '%s' '%s'"
            .formatted(files.file(PassphraseFile.FILE), opened, files.file(KeyVault.FILE));
    try (var terminal = new PseudoTerminal(command)) {
      terminal.answer("passphrase", PASSPHRASE);
      assertThat(terminal.status()).isZero();
    }
    assertThat(opened).content().contains("the secret");
  }

  @Test
  void canEncryptTheIdentity() throws Exception {
    Vault vault = createdWithPassphrase();
    Secret identity = vault.recoveryIdentity();
    Path key = parent.resolve("key.txt");
    Files.writeString(key, "# created by hand\n" + identity.reveal() + "\n");
    String command = "age -p -o '%s' '%s'".formatted(files.file(PassphraseFile.FILE), key);
    try (var terminal =
        new PseudoTerminal(
            "rm '%s'; ".formatted(files.file(PassphraseFile.FILE))
                + command
                + "; chmod 600 '%s'".formatted(files.file(PassphraseFile.FILE)))) {
      terminal.answer("Enter passphrase", "changed");
      terminal.answer("Confirm passphrase", "changed");
      assertThat(terminal.status()).isZero();
    }

    Vault next = files.restart();
    assertThat(unlock(next, PASSPHRASE)).isEqualTo(UnlockResult.PASSPHRASE_WRONG);
    assertThat(unlock(next, "changed")).isEqualTo(UnlockResult.OPEN);
    assertThat(next.recoveryIdentity()).isEqualTo(identity);
  }

  private Vault createdWithPassphrase() {
    Vault vault = files.another();
    vault.create(
        KeySource.PASSPHRASE,
        Optional.of(Secret.of(PASSPHRASE)),
        Optional.empty(),
        TestVault.ENVIRONMENT);
    return vault;
  }

  private static UnlockResult unlock(Vault vault, String passphrase) {
    return vault.unlock(Optional.of(Secret.of(passphrase)), TestVault.ENVIRONMENT);
  }

  private static String age(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("age");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
