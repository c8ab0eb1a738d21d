package dev.jvault.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.TokenlessRequests;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.session.RefusedKey;
import dev.jvault.sso.LoginStatus;
import dev.jvault.testing.FakeClock;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Keyring;
import dev.jvault.vault.KeyringState;
import dev.jvault.vault.NewIdentity;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of what only a daemon knows. */
final class DaemonChecksTest {
  @TempDir Path home;

  private final FakeClock clock = new FakeClock();
  private final FixedKeyring keyring = new FixedKeyring();
  private Vault vault;

  @BeforeEach
  void vault() {
    vault = new Vault(home.resolve("vault"), keyring, clock);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void aCommandOfAnotherVersionIsAProblem() throws IOException {
    assertThat(new VersionCheck().examine(caller("9.9.9")).getFirst().mend())
        .isEqualTo("jvault restart");
  }

  @Test
  void aPortThatAnotherProgramHasIsAProblem() throws IOException {
    assertThat(only(new PortCheck(() -> 9170, List::of)).severity()).isEqualTo(Severity.OK);
    assertThat(only(new PortCheck(() -> 4000, () -> List.of("Port 9170 is taken by node."))).line())
        .startsWith("Port 9170 is taken by node. ")
        .contains("takes its port back");
  }

  @Test
  void thePortIsTheOneAtTheMoment() throws IOException {
    var port = new AtomicInteger(9180);
    var check = new PortCheck(port::get, List::of);
    port.set(9170);
    assertThat(only(check).line()).isEqualTo("jvault answers on its own port, 9170.");
  }

  @Test
  void aLockedVaultIsANote() throws IOException {
    create(KeySource.COMMAND);
    assertThat(only(new VaultCheck(vault)).severity()).isEqualTo(Severity.OK);
    vault.lockByUser(false);
    assertThat(only(new VaultCheck(vault)).line())
        .startsWith("You locked the vault.")
        .endsWith("Run: jvault unlock");
  }

  @Test
  void aLockedKeyringIsAProblemWhileTheVaultIsClosed() throws IOException {
    create(KeySource.KEYRING);
    keyring.state = KeyringState.LOCKED;
    assertThat(only(new KeyringCheck(vault)).severity()).isEqualTo(Severity.NOTE);
    vault.lock();
    Finding locked = only(new KeyringCheck(vault));
    assertThat(locked.severity()).isEqualTo(Severity.PROBLEM);
    assertThat(locked.mend()).isEqualTo("jvault unlock");
    keyring.state = KeyringState.NO_SESSION;
    assertThat(only(new KeyringCheck(vault)).what())
        .isEqualTo("No keyring can be reached, because there is no D-Bus session.");
    keyring.state = KeyringState.OPEN;
    assertThat(only(new KeyringCheck(vault)).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void withoutAVaultAnAbsentKeyringIsANote() throws IOException {
    keyring.state = KeyringState.ABSENT;
    assertThat(only(new KeyringCheck(vault)).why()).contains("JVAULT_PASSPHRASE_FILE");
    create(KeySource.COMMAND);
    assertThat(only(new KeyringCheck(vault)).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void aKeyThatAwsRefusesIsAProblemAndAnOldOneANote() throws IOException {
    create(KeySource.COMMAND);
    vault.keys().put("dev", new AccessKey("AKIAIOSFODNN7EXAMPLE", Secret.of("s")));
    assertThat(only(new KeysCheck(vault, List::of, clock)).severity()).isEqualTo(Severity.OK);
    clock.advance(Duration.ofDays(91));
    assertThat(only(new KeysCheck(vault, List::of, clock)).line())
        .startsWith("The key of dev was stored 91 d ago.")
        .endsWith("Run: jvault rotate dev");
    var refused = new RefusedKey("dev", "AKIAIOSFODNN7EXAMPLE", clock.instant(), Optional.empty());
    assertThat(new KeysCheck(vault, () -> List.of(refused), clock).examine(caller("")))
        .extracting(Finding::severity)
        .containsExactly(Severity.PROBLEM, Severity.NOTE);
  }

  @Test
  void aLoginThatHasEndedIsANote() throws IOException {
    Files.createDirectory(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [sso-session corp]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        [profile dev]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Dev
        """);
    var directory =
        new SsoDirectory(new Profiles(new ConfigReader(new SdkSectionParser()), _ -> false));

    assertThat(only(logins(directory, Optional.empty())).line())
        .startsWith("You are not logged in to corp.")
        .endsWith("Run: jvault sso login corp");
    assertThat(only(logins(directory, Optional.of(clock.instant().minusSeconds(1)))).severity())
        .isEqualTo(Severity.NOTE);
    assertThat(only(logins(directory, Optional.of(clock.instant().plusSeconds(1)))).severity())
        .isEqualTo(Severity.OK);
  }

  @Test
  void aProgramThatAskedWithoutATokenIsAProblemWithItsName() throws IOException {
    try (var audit = new AuditLog(home.resolve("audit.log"), clock)) {
      var requests = new TokenlessRequests(audit, clock);
      var check = new TokenlessCheck(requests, clock);
      assertThat(only(check).severity()).isEqualTo(Severity.OK);
      requests.note("dev", "g1", OptionalLong.empty(), Optional.of("/opt/old-cli"), 1);
      clock.advance(Duration.ofMinutes(5));
      assertThat(only(check).line())
          .startsWith("old-cli asked for dev without a token 5 min ago and got nothing.")
          .endsWith("Run: jvault exec --token-env dev -- old-cli");
    }
  }

  @Test
  void aClockThatIsFiveMinutesOffIsAProblem() throws IOException {
    assertThat(only(new ClockCheck(() -> Duration.ofSeconds(-30))).severity())
        .isEqualTo(Severity.OK);
    assertThat(only(new ClockCheck(() -> Duration.ofSeconds(-90))).severity())
        .isEqualTo(Severity.NOTE);
    assertThat(only(new ClockCheck(() -> Duration.ofMinutes(5))).severity())
        .isEqualTo(Severity.PROBLEM);
  }

  private LoginsCheck logins(SsoDirectory directory, Optional<Instant> until) {
    return new LoginsCheck(
        directory,
        session ->
            new LoginStatus(
                session,
                until,
                false,
                until.isEmpty() ? LoginStatus.Place.NONE : LoginStatus.Place.VAULT,
                false),
        clock);
  }

  private void create(KeySource source) {
    vault.create(
        source,
        Optional.empty(),
        Optional.of(NewIdentity.command()).filter(_ -> source == KeySource.COMMAND),
        Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString()));
  }

  private Finding only(Check check) throws IOException {
    List<Finding> findings = check.examine(caller("0.1.0"));
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private ExaminedCaller caller(String program) {
    return ExaminedCaller.of(Map.of("HOME", home.toString()), program);
  }

  /** A keyring in a state that the test sets. */
  private static final class FixedKeyring implements Keyring {
    private final Map<String, Secret> items = new HashMap<>();
    private KeyringState state = KeyringState.OPEN;

    @Override
    public boolean available(Map<String, String> environment) {
      return state == KeyringState.OPEN;
    }

    @Override
    public KeyringState state(Map<String, String> environment) {
      return state;
    }

    @Override
    public Optional<Secret> read(String account, Map<String, String> environment) {
      return Optional.ofNullable(items.get(account));
    }

    @Override
    public void write(String account, Secret content, Map<String, String> environment) {
      items.put(account, content);
    }

    @Override
    public void remove(String account, Map<String, String> environment) {
      items.remove(account);
    }
  }
}
