package dev.jvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.credential.Iam.Fault;
import dev.jvault.credential.KeyCheck;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeIam;
import dev.jvault.testing.FakeSts;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.PendingRotation;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RotationTest {
  private static final String OLD = "AKIAOLD";
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock);
  private final FakeIam iam = new FakeIam(clock, OLD);
  private final InMemoryKeyring keyring = new InMemoryKeyring();
  private final List<String> told = new ArrayList<>();
  @TempDir private Path home;
  private Vault vault;
  private Rotation rotation;

  /** Stands for the end of the process: nothing after it runs. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void vaultWithAKeyOfTwoNames() {
    open();
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), ENVIRONMENT);
    vault.keys().put("dev", new AccessKey(OLD, Secret.of("old secret")));
    vault.keys().put("work", new AccessKey(OLD, Secret.of("old secret")));
    clock.advance(Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void theNewKeyTakesThePlaceOfTheOldOneUnderAllItsNames() {
    assertThat(run())
        .isEqualTo(
            "Replaced the key AKIAOLD of dev, work by AKIANEW1, which AWS knew at once; the old"
                + " key is deleted.");

    assertThat(iam.ids()).containsExactly("AKIANEW1");
    assertThat(iam.calls())
        .containsExactly("ListAccessKeys", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");
    assertThat(vault.keys().names("AKIANEW1")).containsExactly("dev", "work");
    assertThat(vault.keys().rotation("dev")).isEmpty();
    assertThat(told).contains("sessions dropped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before CreateAccessKey",
        "after CreateAccessKey",
        "trial",
        "before UpdateAccessKey",
        "after UpdateAccessKey",
        "before DeleteAccessKey",
        "after DeleteAccessKey"
      })
  void aSecondRotationGoesOnAfterAKillAtAnyStep(String step) {
    iam.at(moment -> {
      if (moment.equals(step)) {
        throw new Killed();
      }
    });
    if (step.equals("trial")) {
      known(1);
      sts.check(new KeyCheck.UnknownId());
    }
    assertThatThrownBy(() ->
            rotation.run(
                key(() -> {
                  throw new Killed();
                })))
        .isInstanceOf(Killed.class);
    iam.at(_ -> {});
    restart();
    clock.advance(Duration.ofMinutes(3));

    run();

    assertThat(iam.ids()).hasSize(1).doesNotContain(OLD);
    assertThat(vault.keys().names(iam.ids().getFirst())).containsExactly("dev", "work");
    assertThat(vault.keys().rotation("dev")).isEmpty();
    assertThat(told.stream().anyMatch(line -> line.startsWith("deleted the key AKIANEW1")))
        .as("a key without its secret")
        .isEqualTo(step.equals("after CreateAccessKey"));
  }

  @Test
  void aKeyThatTheUserMakesAfterAKillIsNotTakenForALostOne() {
    iam.at(moment -> {
      if (moment.equals("before CreateAccessKey")) {
        throw new Killed();
      }
    });
    assertThatThrownBy(this::run).isInstanceOf(Killed.class);
    iam.at(_ -> {});
    clock.advance(Duration.ofMinutes(10));
    iam.has("AKIABYHAND");
    restart();

    assertThatThrownBy(this::run).hasMessageContaining("AKIABYHAND, which jvault does not hold");

    assertThat(iam.ids()).containsExactly(OLD, "AKIABYHAND");
  }

  @Test
  void aNewKeyIsTriedUntilAwsKnowsIt() {
    known(1);
    for (int refusals = 0; refusals < 4; refusals++) {
      sts.check(new KeyCheck.UnknownId());
    }

    assertThat(run()).contains("which AWS knew after 8 s");
  }

  @Test
  void aKeyThatAwsDoesNotKnowAfterAMinuteStaysBesideTheOldOne() {
    known(1);
    for (int refusals = 0; refusals < 30; refusals++) {
      sts.check(new KeyCheck.UnknownId());
    }

    assertThatThrownBy(this::run)
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("AKIANEW1")
        .hasMessageContaining("`jvault rotate dev` again");
    assertThat(vault.keys().names(OLD)).containsExactly("dev", "work");
    assertThat(iam.ids()).containsExactly(OLD, "AKIANEW1");
    run();
    assertThat(iam.ids()).containsExactly("AKIANEW1");
  }

  @Test
  void aNewKeyThatTheUserHasDeletedIsMadeAgain() {
    known(1);
    for (int refusals = 0; refusals < 30; refusals++) {
      sts.check(new KeyCheck.UnknownId());
    }
    assertThatThrownBy(this::run).isInstanceOf(JvaultException.class);
    iam.lose("AKIANEW1");
    clock.advance(Duration.ofHours(1));

    run();

    assertThat(iam.ids()).containsExactly("AKIANEW2");
  }

  @Test
  void twoKeysAreNamedWithTheirAgesAndWhoHoldsThem() {
    iam.has("AKIAOTHER");
    clock.advance(Duration.ofDays(100));

    assertThatThrownBy(this::run)
        .hasMessage(
            "User me of account 123456789012 has two keys already, and AWS allows no third: AKIAOLD,"
                + " which jvault holds for dev, work, 100 days old, active; AKIAOTHER, which jvault"
                + " does not hold, 100 days old, active. If no program uses AKIAOTHER, delete it"
                + " (`aws iam delete-access-key --access-key-id AKIAOTHER`) and run `jvault rotate"
                + " dev` again.");
    assertThat(vault.keys().rotation("dev")).isEmpty();
  }

  @Test
  void aUserWhoMayNotMakeKeysKeepsTheOldOne() {
    iam.fail("CreateAccessKey", Fault.NOT_ALLOWED, "AWS refused iam:CreateAccessKey.");

    assertThatThrownBy(this::run)
        .hasMessageContaining("iam:CreateAccessKey")
        .hasMessageContaining("AKIAOLD stays in use")
        .hasMessageContaining("mfa_serial");
    assertThat(vault.keys().rotation("dev")).isEmpty();
  }

  @Test
  void aUserWhoMayNotListKeysRotatesAllTheSame() {
    iam.fail("ListAccessKeys", Fault.NOT_ALLOWED, "AWS refused iam:ListAccessKeys.");

    assertThat(run()).contains("by AKIANEW1");
  }

  @Test
  void aSecondKeyThatMayNotBeListedEndsTheRotation() {
    iam.has("AKIAOTHER");
    iam.fail("ListAccessKeys", Fault.NOT_ALLOWED, "AWS refused iam:ListAccessKeys.");

    assertThatThrownBy(this::run).hasMessageContaining("(iam:ListAccessKeys)");
    assertThat(vault.keys().rotation("dev")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateAccessKey", "DeleteAccessKey"})
  void aUserWhoMayNotRetireTheOldKeyUsesTheNewOneAndGoesOnLater(String action) {
    iam.fail(action, Fault.NOT_ALLOWED, "AWS refused iam:" + action + ".");
    assertThatThrownBy(this::run)
        .hasMessageContaining("iam:" + action)
        .hasMessageContaining("The new key AKIANEW1 is in use");
    assertThat(vault.keys().names("AKIANEW1")).containsExactly("dev", "work");
    iam.failNoMore();
    restart();

    run();

    assertThat(iam.ids()).containsExactly("AKIANEW1");
  }

  @Test
  void aSecondRotationOfTheSameKeyDoesNotBegin() {
    iam.at(moment -> {
      if (moment.equals("before CreateAccessKey")) {
        assertThatThrownBy(this::run).hasMessageContaining("rotated by another command");
      }
    });

    assertThat(run()).contains("Replaced the key AKIAOLD");
  }

  @Test
  void aPreviewChangesNothing() {
    clock.advance(Duration.ofDays(3));

    assertThat(rotation.preview(key(() -> {})))
        .isEqualTo(
            "Would replace the key AKIAOLD of dev, work, 3 days old (User me of account"
                + " 123456789012), then make the old one inactive and delete it.");
    assertThat(iam.ids()).containsExactly(OLD);
    assertThat(vault.keys().rotation("dev")).isEmpty();
  }

  @Test
  void aKeyThatReplacesTheOldOneEndsItsRotation() {
    vault.keys().note(PendingRotation.creating(OLD, Set.of(OLD), clock.instant()));
    vault.keys().put("dev", new AccessKey("AKIAADDED", Secret.of("secret")));

    assertThat(vault.keys().rotation("dev")).isEmpty();
    assertThat(vault.keys().rotation("work")).isPresent();
  }

  /** The first checks are of the key in use, which AWS knows. */
  private void known(int checks) {
    for (int check = 0; check < checks; check++) {
      sts.check(new KeyCheck.Known("123456789012", "arn:aws:iam::123456789012:user/me"));
    }
  }

  private String run() {
    return rotation.run(key(() -> {}));
  }

  private void open() {
    vault = new Vault(home.resolve("vault"), keyring, clock);
    rotation = new Rotation(vault, iam, sts, clock, () -> Duration.ZERO, clock::advance);
  }

  /** What a new process knows: the files. */
  private void restart() {
    vault.close();
    open();
    vault.unlock(Optional.empty(), ENVIRONMENT);
  }

  private KeyInPlace key(Runnable whileUnknown) {
    return new KeyInPlace() {
      @Override
      public String name() {
        return "dev";
      }

      @Override
      public ServiceTarget sts() {
        return new ServiceTarget(
            "eu-west-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
      }

      @Override
      public ServiceTarget iam() {
        return sts();
      }

      @Override
      public SigningCredentials signer() {
        return vault.keys().find("dev").orElseThrow();
      }

      @Override
      public boolean mfa() {
        return false;
      }

      @Override
      public void dropSessions() {
        told.add("sessions dropped");
      }

      @Override
      public void tell(String line) {
        told.add(line);
        if (line.startsWith("AWS does not know the new key yet")) {
          whileUnknown.run();
        }
      }
    };
  }
}
