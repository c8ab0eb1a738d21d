package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionVaultTest {
  private static final Instant IN_AN_HOUR = TestVault.START.plusSeconds(3600);
  private static final Instant IN_A_DAY = TestVault.START.plusSeconds(86400);

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
  void findsOnlySessionsThatHaveNotExpired() {
    SessionVault sessions = files.created().sessions();
    sessions.put("short", TestVault.session("dev", IN_AN_HOUR));
    sessions.put("long", TestVault.session("prod", IN_A_DAY));
    files.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(sessions.find("short")).isPresent();
    assertThat(sessions.all()).containsOnlyKeys("short", "long");
    files.advance(Duration.ofMillis(1));
    assertThat(sessions.find("short")).isEmpty();
    assertThat(sessions.all()).containsOnlyKeys("long");
  }

  @Test
  void dropsExpiredSessionsWithTheNextWrite() {
    Vault vault = files.created();
    vault.sessions().put("short", TestVault.session("dev", IN_AN_HOUR));
    files.advance(Duration.ofHours(2));
    vault.sessions().put("long", TestVault.session("prod", IN_A_DAY));
    assertThat(files.everything(vault.recoveryIdentity()))
        .contains("token of prod")
        .doesNotContain("token of dev");
  }

  @Test
  @Attack("removed-is-gone")
  void leavesNothingOfARemovedSession() {
    Vault vault = files.created();
    vault.sessions().put("a", TestVault.session("dev", IN_AN_HOUR));
    vault.sessions().put("b", TestVault.session("dev", IN_A_DAY));
    vault.sessions().put("c", TestVault.session("prod", IN_A_DAY));
    int removed = vault.sessions().removeIf((_, session) -> session.keyName().equals("dev"));
    assertThat(removed).isEqualTo(2);
    assertThat(vault.sessions().all()).containsOnlyKeys("c");
    assertThat(files.everything(vault.recoveryIdentity()))
        .contains("token of prod")
        .doesNotContain("token of dev");
  }

  @Test
  void doesNotWriteIfNothingIsRemoved() throws IOException {
    Vault vault = files.created();
    vault.sessions().put("a", TestVault.session("dev", IN_A_DAY));
    Files.setLastModifiedTime(files.file(SessionVault.FILE), FileTime.from(Instant.EPOCH));
    assertThat(vault.sessions().removeIf((key, _) -> key.equals("b"))).isZero();
    assertThat(Files.getLastModifiedTime(files.file(SessionVault.FILE)))
        .isEqualTo(FileTime.from(Instant.EPOCH));
  }

  @Test
  void replacesAFileOfANewerFormat() throws IOException {
    Secret identity = files.created().recoveryIdentity();
    AgeIdentity age = AgeIdentity.parse(identity.reveal()).orElseThrow();
    byte[] newer = "{\"format\":9}".getBytes(StandardCharsets.UTF_8);
    Files.write(files.file(SessionVault.FILE), AgeEnvelope.seal(newer, age.writer()));
    Files.setPosixFilePermissions(
        files.file(SessionVault.FILE), PosixFilePermissions.fromString("rw-------"));
    Vault vault = files.restart();
    assertThat(files.unlock(vault)).isEqualTo(UnlockResult.OPEN);
    vault.sessions().put("a", TestVault.session("dev", IN_A_DAY));
    Vault next = files.restart();
    files.unlock(next);
    assertThat(next.sessions().all()).containsOnlyKeys("a");
  }

  @Test
  void holdsManySessionsInOneFile() {
    Vault vault = files.created();
    for (int i = 0; i < 300; i++) {
      vault.sessions().put("session " + i, TestVault.session("key " + i, IN_A_DAY));
    }
    Vault next = files.restart();
    files.unlock(next);
    assertThat(next.sessions().all()).hasSize(300);
    assertThat(files.file(SessionVault.FILE).toFile().length()).isGreaterThan(65_536);
  }

  @Test
  void keepsLoginsBesideSessions() {
    Vault vault = files.created();
    vault.sessions().put("a", TestVault.session("dev", IN_A_DAY));
    vault.sessions().putLogin("corp", login(IN_AN_HOUR));
    assertThat(vault.sessions().removeIf((_, _) -> true)).isEqualTo(1);
    assertThat(vault.sessions().findLogin("corp")).contains(login(IN_AN_HOUR));

    Vault next = files.restart();
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.OPEN);
    assertThat(next.sessions().findLogin("corp")).contains(login(IN_AN_HOUR));
    assertThat(next.sessions().findLogin("other")).isEmpty();
    assertThat(login(IN_AN_HOUR).toString()).doesNotContain("canary");
  }

  @Test
  void keepsAClientWithoutAToken() {
    Vault vault = files.created();
    StoredLogin loggedOut =
        login(IN_AN_HOUR).withToken(Optional.empty()).withSharedHash(Optional.empty());
    vault.sessions().putLogin("corp", loggedOut);
    Vault next = files.restart();
    assertThat(files.unlock(next)).isEqualTo(UnlockResult.OPEN);
    assertThat(next.sessions().findLogin("corp")).contains(loggedOut);
    assertThat(files.everything(next.recoveryIdentity())).doesNotContain("canary access");
  }

  @Test
  void dropsALoginOnceItsTokenAndClientHaveExpired() {
    Vault vault = files.created();
    vault.sessions().putLogin("corp", login(IN_AN_HOUR));
    files.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(vault.sessions().findLogin("corp")).isPresent();
    files.advance(Duration.ofSeconds(1));
    assertThat(vault.sessions().findLogin("corp")).isEmpty();
    vault.sessions().putLogin("other", login(IN_A_DAY.plusSeconds(60)));
    assertThat(files.everything(vault.recoveryIdentity()))
        .contains("\"login\":\"other\"")
        .doesNotContain("\"login\":\"corp\"");
  }

  @Test
  void readsAnOlderFileWithoutLogins() throws UnreadableFileException {
    byte[] old = "{\"format\":1,\"sessions\":[]}".getBytes(StandardCharsets.UTF_8);
    assertThat(SessionFormat.read(old)).isEqualTo(SessionFormat.Content.NONE);
  }

  /** A login whose client expires in a day. */
  private static StoredLogin login(Instant tokenEnd) {
    return new StoredLogin(
        "corp",
        new OidcClient("client", Secret.of("canary client"), IN_A_DAY),
        "BROWSER x",
        Optional.of(
            new SsoToken(
                Secret.of("canary access"), Optional.of(Secret.of("canary refresh")), tokenEnd)),
        Optional.of("hash"));
  }
}
