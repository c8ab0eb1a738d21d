package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessSourceTest {
  private static final String SESSION =
      "\"AccessKeyId\":\"ASIAPROCESS\",\"SecretAccessKey\":\"canary-secret\",\"SessionToken\":\"canary-token\"";
  private static final String KEY =
      "{\"Version\":1,\"AccessKeyId\":\"AKIAPROCESS\",\"SecretAccessKey\":\"canary-secret\"}";
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path home;
  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock);
  private final ClockSkew skew = new ClockSkew(clock);
  private final MfaCodes codes = new MfaCodes(clock);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Set<String> longLived = new HashSet<>();

  @Test
  void takesASessionWithItsEnd() {
    SessionCredentials session =
        issued(
            printing(
                "{\"Version\": 1, \"Expiration\": \"2030-01-02T04:00:00Z\", \"AccountId\": \"123456789012\","
                    + " \"More\": {\"a\": [1, null]}, "
                    + SESSION
                    + "}"));
    assertThat(session.accessKeyId()).isEqualTo("ASIAPROCESS");
    assertThat(session.secretAccessKey()).isEqualTo(Secret.of("canary-secret"));
    assertThat(session.token()).isEqualTo(Secret.of("canary-token"));
    assertThat(session.expiration()).isEqualTo("2030-01-02T04:00:00Z");
    assertThat(session.issued()).isEqualTo(clock.instant());
    assertThat(session.accountId()).hasValue("123456789012");
  }

  @Test
  void usesCredentialsWithoutAnEndForAnHour() {
    assertThat(issued(printing("{\"Version\":1,\"Expiration\":null," + SESSION + "}")).expiration())
        .isEqualTo(clock.instant().plus(HOUR));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "not JSON canary|printed something other than one JSON object",
        "|printed nothing",
        "[1]|printed something other than one JSON object",
        "'\"canary\"'|printed something other than one JSON object",
        "{\"Version\":1,@|printed something other than one JSON object",
        "{\"Version\":1,@} and {}|printed something other than one JSON object",
        "{\"Version\":1,@} {\"Version\":1}|printed something other than one JSON object",
        "{@}|printed JSON whose Version is not the number 1",
        "{\"Version\":\"1\",@}|printed JSON whose Version is not the number 1",
        "{\"Version\":2,@}|printed JSON whose Version is not the number 1",
        "{\"Version\":11,@}|printed JSON whose Version is not the number 1",
        "{\"Version\":1,\"SecretAccessKey\":\"canary\"}|printed JSON without AccessKeyId",
        "{\"Version\":1,\"AccessKeyId\":\"\",\"SecretAccessKey\":\"canary\"}|printed JSON without AccessKeyId",
        "{\"Version\":1,\"AccessKeyId\":\"AKIA\"}|printed JSON without SecretAccessKey",
        "{\"Version\":1,\"AccessKeyId\":7,\"SecretAccessKey\":\"canary\"}|printed JSON whose AccessKeyId is not a string",
        "{\"Version\":1,@,\"SessionToken\":{}}|printed JSON whose SessionToken is not a string",
        "{\"Version\":1,@,\"Expiration\":\"canary\"}|printed JSON whose Expiration is not a time",
        "{\"Version\":1,@,\"Expiration\":\"2030-01-02T04:00:00\"}|printed JSON whose Expiration is not a time",
      },
      delimiter = '|',
      quoteCharacter = '\0')
  @Attack("helpers-bounded")
  void refusesOtherOutputWithoutQuotingIt(String printed, String clause) {
    String text = printed == null ? "" : printed.replace("@", SESSION);
    assertThat(outcome(printing(text)))
        .isInstanceOfSatisfying(
            Outcome.Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Outcome.Reason.PROFILE);
              assertThat(denied.sentence())
                  .startsWith("The credential_process `cat ")
                  .contains("` of profile dev " + clause)
                  .endsWith("; run it by hand and correct it.")
                  .doesNotContain("canary");
            });
  }

  @Test
  void saysWhyACommandFailed() {
    assertThat(sentence("echo 'no\033[31m login' >&2; echo more >&2; exit 1"))
        .contains("of profile dev ended with status 1 (no [31m login).");
  }

  @Test
  @Attack("log")
  void theLogGetsNothingOfWhatACommandSaid() {
    assertThat(outcome("echo 'canary' >&2; exit 1"))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            failed -> assertThat(failed.logged()).endsWith("ended with status 1."));
    assertThat(outcome("echo 'canary' >&2; exit 127"))
        .isInstanceOfSatisfying(
            Outcome.Denied.class,
            failed ->
                assertThat(failed.logged())
                    .endsWith("ended with status 127; run it by hand and correct it."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/no/such/command",
        "no-such-command-anywhere",
        "/etc/passwd",
        "echo 'unclosed",
        "cat --no-such-option; exit 2",
        "echo 'jvault: Profile dev leads to itself' >&2; exit 3"
      })
  void aCommandThatIsWrongItselfIsAFaultOfTheProfile(String command) {
    assertThat(outcome(command))
        .isInstanceOfSatisfying(
            Outcome.Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Outcome.Reason.PROFILE);
              assertThat(denied.sentence()).endsWith("; run it by hand and correct it.");
            });
  }

  @Test
  void passesOnWhatTheCommandPrintsWhileItRuns() throws IOException {
    Path go = home.resolve("go");
    String command =
        "echo 'open \033[1mhttps://example.com/' >&2; until [ -e '"
            + go
            + "' ]; do sleep 0.05; done; echo last >&2; printf '%s' '"
            + KEY
            + "'";
    var result = new java.util.concurrent.CompletableFuture<Outcome>();
    Thread.startVirtualThread(() -> result.complete(outcome(command)));
    await().until(() -> said.contains("open [1mhttps://example.com/"));
    assertThat(result).isNotDone();
    Files.createFile(go);
    assertThat(result.join()).isInstanceOf(Outcome.Issued.class);
    await().untilAsserted(() -> assertThat(said).hasSize(2).endsWith("last"));
  }

  @Test
  void passesOnTwentyLinesAtMost() {
    outcome("seq 1 1000 >&2; printf '%s' '" + KEY + "'");
    assertThat(said).hasSize(20);
  }

  @Test
  @Attack("helpers-bounded")
  void killsACommandThatPrintsTooMuch() {
    assertThat(sentence("yes canary")).contains("printed too much.").doesNotContain("y\ny");
    assertThat(sentence("head -c 1048577 /dev/zero")).contains("printed too much.");
  }

  @Test
  @Attack("helpers-bounded")
  void killsACommandThatRunsTooLongWithItsChildren() {
    String mark = "61" + ProcessHandle.current().pid();
    var source = source("sleep " + mark + " & sleep " + mark + "; true", Duration.ofMillis(400));
    assertThat(source.obtain(Optional.empty()))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            unavailable -> assertThat(unavailable.sentence()).contains("did not end within"));
    await().until(() -> ProcessHandle.allProcesses().noneMatch(p -> isSleeping(p, mark)));
  }

  @Test
  void credentialsThatHaveEndedAreRefusedWithAHintAtTheClock() {
    String ended = "{\"Version\":1,\"Expiration\":\"2030-01-02T03:00:00Z\"," + SESSION + "}";
    assertThat(outcome(printing(ended)))
        .isEqualTo(
            new Outcome.Unavailable(
                "The credential_process `cat '"
                    + home.resolve("printed")
                    + "'` of profile dev gave credentials that ended 4 min ago (at"
                    + " 2030-01-02T03:00:00Z); get new ones, and check this machine's clock."));
  }

  @Test
  void aClockAnHourBehindAwsEndsTheSessionAnHourEarlier() {
    skew.measured(clock.instant().plus(HOUR));
    String end = clock.instant().plus(Duration.ofHours(2)).toString();
    assertThat(
            issued(printing("{\"Version\":1,\"Expiration\":\"" + end + "\"," + SESSION + "}"))
                .expiration())
        .isEqualTo(clock.instant().plus(HOUR));
  }

  @Test
  void aLongLivedKeySignsForTheRolesAbove() {
    SessionCredentials key = issued(printing(KEY));
    assertThat(key.accessKeyId()).isEqualTo("AKIAPROCESS");
    assertThat(key.sessionToken()).isEmpty();
    assertThat(key.expiration()).isEqualTo(clock.instant().plus(HOUR));
    assertThat(sts.calls()).isEmpty();
  }

  @Test
  void aLongLivedKeyIsExchangedIfNoRoleTakesIt() {
    Outcome outcome = trading(printing(KEY), Optional.empty()).obtain(Optional.empty());
    assertThat(outcome).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).containsExactly("GetSessionToken");
  }

  @Test
  void aSessionIsNotExchanged() {
    var source = trading(printing("{\"Version\":1," + SESSION + "}"), device());
    assertThat(source.obtain(Optional.empty())).isInstanceOf(Outcome.Issued.class);
    assertThat(source.needsPerson()).isFalse();
    assertThat(sts.calls()).isEmpty();
  }

  @Test
  void aSourceThatHasPrintedALongLivedKeyNeedsTheUserForItsCode() {
    var source = trading(printing(KEY), device());
    assertThat(source.needsPerson()).isFalse();
    assertThat(source.obtain(Optional.empty()))
        .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.MfaCode("arn:aws:iam::1:mfa/me")));
    assertThat(source.needsPerson()).isTrue();
    codes.offer("arn:aws:iam::1:mfa/me", Secret.of("123456"));
    assertThat(source.obtain(Optional.empty())).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).containsExactly("GetSessionToken 123456");
    assertThat(source.durable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "HTTPS_PROXY", "AWS_CONFIG_FILE", "JVAULT_HOME"})
  void theCommandSeesWhatItNeeds(String name) {
    assertThat(variables()).containsKey(name);
  }

  @Test
  @Attack("helpers-environment")
  void theCommandSeesNoSecretButTheProfilesThatWaitForIt() {
    assertThat(variables())
        .doesNotContainKeys("AWS_SECRET_ACCESS_KEY", "JVAULT_PASSPHRASE")
        .containsEntry("JVAULT_WITHIN", "outer\ndev");
  }

  @Test
  void otherFilesOrAnotherCommandAreAnotherSession() {
    ProcessSource one = source("a", HOUR);
    assertThat(one.fingerprint()).isEqualTo(source("a", HOUR).fingerprint());
    assertThat(one.fingerprint()).isNotEqualTo(source("b", HOUR).fingerprint());
    var other =
        new ProcessSource(
            new Hop.CredentialProcess("dev", "a", Optional.empty()),
            new HelperEnvironment(CallerEnvironment.of(Map.of("AWS_CONFIG_FILE", "/other"))),
            keys(Optional.empty()),
            said::add,
            longLived);
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  private Map<String, String> variables() {
    return new HelperEnvironment(
            CallerEnvironment.of(
                Map.of(
                    "HOME", "/home/me",
                    "HTTPS_PROXY", "http://proxy",
                    "AWS_CONFIG_FILE", "/config",
                    "AWS_SECRET_ACCESS_KEY", "canary",
                    "JVAULT_PASSPHRASE", "canary",
                    "JVAULT_WITHIN", "outer")),
            name -> name.equals("JVAULT_HOME") ? "/jv" : "")
        .within("dev");
  }

  private String printing(String text) {
    Path file = home.resolve("printed");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return "cat '" + file + "'";
  }

  private String sentence(String command) {
    return ((Outcome.Unavailable) outcome(command)).sentence();
  }

  private SessionCredentials issued(String command) {
    return ((Outcome.Issued) outcome(command)).credentials();
  }

  private Outcome outcome(String command) {
    return source(command, Duration.ofSeconds(30)).obtain(Optional.empty());
  }

  private ProcessSource source(String command, Duration limit) {
    return new ProcessSource(
        new Hop.CredentialProcess("dev", command, Optional.empty()),
        new HelperEnvironment(CallerEnvironment.of(Map.of("PATH", "/usr/bin:/bin", "USER", "me"))),
        keys(Optional.empty()),
        said::add,
        longLived,
        limit);
  }

  private ProcessSource trading(String command, Optional<MfaDevice> device) {
    var target =
        new ServiceTarget(
            "eu-west-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
    var trade = new Hop.SessionToken(device, HOUR, target);
    return new ProcessSource(
        new Hop.CredentialProcess("dev", command, Optional.of(trade)),
        new HelperEnvironment(CallerEnvironment.of(Map.of("PATH", "/usr/bin:/bin"))),
        keys(
            Optional.of(
                new SessionTokenSource(trade, sts, new DeviceCodes(codes, Map.of(), _ -> {})))),
        said::add,
        longLived);
  }

  private ExternalCredentialReader keys(Optional<SessionTokenSource> trade) {
    return new ExternalCredentialReader(trade, skew, clock);
  }

  private static Optional<MfaDevice> device() {
    return Optional.of(new MfaDevice("arn:aws:iam::1:mfa/me", Optional.empty()));
  }

  private static boolean isSleeping(ProcessHandle process, String mark) {
    return process.info().commandLine().orElse("").endsWith("sleep " + mark);
  }
}
