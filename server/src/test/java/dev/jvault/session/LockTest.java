package dev.jvault.session;

import static dev.jvault.session.BrokerFixture.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jvault lock} locks, and what opens the vault again. */
final class LockTest {
  private static final Outcome LOCKED = new Outcome.NeedsPerson(new PersonNeed.Unlocking());

  @TempDir Path folder;
  private BrokerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new BrokerFixture(folder, KeySource.KEYRING);
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing("123456")))
        .isInstanceOf(Outcome.Issued.class);
  }

  @Test
  @Attack("locked")
  void theKeyringAloneNoLongerOpensTheVault() {
    fixture.sessions.lock(false);
    assertThat(fixture.vault.unlocked()).isFalse();
    assertThat(fixture.sessions.views()).isEmpty();
    assertThat(fixture.sdk(role("a"))).isEqualTo(LOCKED);
    assertThat(fixture.verb(role("a"), ScriptedPerson.script())).isEqualTo(LOCKED);
    assertThat(fixture.sessions.openVault(ScriptedPerson.script(), fixture.caller())).isFalse();
  }

  @Test
  @Attack("locked")
  void itStaysLockedOverARestart() {
    fixture.sessions.lock(false);
    fixture.restart();
    assertThat(fixture.sdk(role("a"))).isEqualTo(LOCKED);
    assertThat(fixture.vault.lockedByUser()).isTrue();
  }

  @Test
  void aVerbAtATerminalUnlocksIt() {
    fixture.sessions.lock(false);
    assertThat(fixture.sessions.openVault(ScriptedPerson.typing(), fixture.caller())).isTrue();
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).hasSize(2);
    fixture.restart();
    assertThat(fixture.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void unlockNeedsNoTerminal() {
    fixture.sessions.lock(false);
    assertThat(fixture.sessions.unlock(ScriptedPerson.script(), fixture.caller())).isTrue();
  }

  @Test
  @Attack("locked")
  void aPassphraseInAVariableOpensNoVaultThatTheUserHasLocked() {
    fixture.sessions.lock(false);
    assertThat(fixture.sessions.openVault(holding("open sesame"), fixture.caller())).isFalse();

    var other = new BrokerFixture(folder.resolve("other"), KeySource.PASSPHRASE);
    other.sessions.lock(false);
    assertThat(other.sessions.openVault(holding("open sesame"), other.caller())).isFalse();
    other.restart();
    assertThat(other.sessions.openVault(holding("open sesame"), other.caller())).isFalse();
    assertThat(other.vault.lockedByUser()).isTrue();
  }

  @Test
  void aPassphraseInAVariableOpensAVaultThatOnlyItsDaemonHasClosed() {
    var other = new BrokerFixture(folder.resolve("other"), KeySource.PASSPHRASE);
    other.restart();
    assertThat(other.sessions.openVault(ScriptedPerson.script(), other.caller())).isFalse();
    assertThat(other.sessions.openVault(holding("open sesame"), other.caller())).isTrue();
  }

  @Test
  void unlockMayTakeThePassphraseFromAVariable() {
    var other = new BrokerFixture(folder.resolve("other"), KeySource.PASSPHRASE);
    other.sessions.lock(false);
    assertThat(other.sessions.unlock(holding("open sesame"), other.caller())).isTrue();
    assertThat(other.vault.lockedByUser()).isFalse();
  }

  @Test
  @Attack("locked")
  void noWindowAppearsForAVaultThatTheUserHasLocked() {
    fixture.withDisplay();
    FakeProgram zenity = fixture.program("zenity", "echo open sesame");
    fixture.sessions.lock(false);
    assertThat(fixture.sdk(role("a"))).isEqualTo(LOCKED);
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void storedSessionsAreRemovedOnlyOnRequest() {
    fixture.sessions.lock(false);
    assertThat(folder.resolve("vault/sessions.age")).exists();
    fixture.sessions.lock(true);
    assertThat(folder.resolve("vault/sessions.age")).doesNotExist();
    assertThat(fixture.sessions.unlock(ScriptedPerson.typing(), fixture.caller())).isTrue();
    assertThat(fixture.vault.sessions().all()).isEmpty();
    assertThat(fixture.verb(role("a"), ScriptedPerson.typing("654321")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).hasSize(4);
  }

  /** A script with the passphrase in a variable. */
  private static Person holding(String passphrase) {
    return new Person() {
      @Override
      public Optional<Secret> ask(Question question) {
        return Optional.of(Secret.of(passphrase));
      }

      @Override
      public boolean canAnswer(Question.Kind kind) {
        return holdsAnswer(kind);
      }

      @Override
      public boolean holdsAnswer(Question.Kind kind) {
        return kind == Question.Kind.PASSPHRASE;
      }
    };
  }
}
