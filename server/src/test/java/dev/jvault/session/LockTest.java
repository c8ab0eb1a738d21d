package dev.jvault.session;

import static dev.jvault.session.Desk.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.testing.StandInProgram;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after {@code jvault lock}, and who opens the vault again. */
final class LockTest {
  private static final Outcome LOCKED = new Outcome.NeedsPerson(new PersonNeed.Unlocking());

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder, KeySource.KEYRING);
    assertThat(desk.verb(role("a"), Typist.typing("123456"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void theKeyringOpensTheVaultNoLongerByItself() {
    desk.sessions.lock(false);
    assertThat(desk.vault.unlocked()).isFalse();
    assertThat(desk.sessions.views()).isEmpty();
    assertThat(desk.sdk(role("a"))).isEqualTo(LOCKED);
    assertThat(desk.verb(role("a"), Typist.script())).isEqualTo(LOCKED);
    assertThat(desk.sessions.openVault(Typist.script(), desk.caller())).isFalse();
  }

  @Test
  void itStaysLockedOverARestart() {
    desk.sessions.lock(false);
    desk.restart();
    assertThat(desk.sdk(role("a"))).isEqualTo(LOCKED);
    assertThat(desk.vault.shut()).isTrue();
  }

  @Test
  void aVerbAtATerminalOpensIt() {
    desk.sessions.lock(false);
    assertThat(desk.sessions.openVault(Typist.typing(), desk.caller())).isTrue();
    assertThat(desk.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.sts.calls()).hasSize(2);
    desk.restart();
    assertThat(desk.sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void unlockOpensItWithoutATerminalToo() {
    desk.sessions.lock(false);
    assertThat(desk.sessions.unlock(Typist.script(), desk.caller())).isTrue();
  }

  @Test
  void aPassphraseInAVariableOpensOnlyAVaultThatTakesOne() {
    desk.sessions.lock(false);
    assertThat(desk.sessions.openVault(holding("open sesame"), desk.caller())).isFalse();

    var other = new Desk(folder.resolve("other"), KeySource.PASSPHRASE);
    other.sessions.lock(false);
    assertThat(other.sessions.openVault(Typist.script(), other.caller())).isFalse();
    assertThat(other.sessions.openVault(holding("open sesame"), other.caller())).isTrue();
  }

  @Test
  void noWindowAsksForWhatAPersonHasLocked() {
    desk.withDisplay();
    StandInProgram zenity = desk.program("zenity", "echo open sesame");
    desk.sessions.lock(false);
    assertThat(desk.sdk(role("a"))).isEqualTo(LOCKED);
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    assertThat(zenity.starts()).isZero();
  }

  @Test
  void keptSessionsAreRemovedOnlyOnDemand() {
    desk.sessions.lock(false);
    assertThat(folder.resolve("vault/sessions.age")).exists();
    desk.sessions.lock(true);
    assertThat(folder.resolve("vault/sessions.age")).doesNotExist();
    assertThat(desk.sessions.unlock(Typist.typing(), desk.caller())).isTrue();
    assertThat(desk.vault.sessions().all()).isEmpty();
    assertThat(desk.verb(role("a"), Typist.typing("654321"))).isInstanceOf(Outcome.Issued.class);
    assertThat(desk.sts.calls()).hasSize(4);
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
