package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.FakeFederation;
import dev.jvault.testing.FakeFederation.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code login}: what the federation endpoint is sent, and where the address goes. */
final class LoginVerbTest {
  private static final String PROCESS =
      """
      [profile process]
      region = eu-west-1
      credential_process = echo '{"Version": 1, "AccessKeyId": "ASIAPROCESS", \
      "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "2999-01-01T00:00:00Z"}'
      """;

  @TempDir Path home;
  private final FakeFederation federation = new FakeFederation();
  private VerbRunner runner;

  @BeforeEach
  void start() {
    runner = VerbRunner.withKeys(home);
  }

  @AfterEach
  void stop() {
    runner.close();
    federation.close();
  }

  @Test
  void printsTheAddressOfARolesConsole() {
    ControlResponse reply = login("deploy", "stdout=true");

    assertThat(VerbRunner.succeeded(reply).body())
        .isEqualTo(
            federation.endpoint()
                + "/federation?Action=login&Issuer=jvault&Destination="
                + "https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fconsole%2Fhome%3Fregion%3Deu-west-1"
                + "&SigninToken="
                + FakeFederation.CANARY
                + "1\n");
    assertThat(federation.requests())
        .containsExactly(
            Map.of(
                "Action",
                "getSigninToken",
                "Session",
                "{\"sessionId\":\"ASIA1\",\"sessionKey\":\"secret-1\",\"sessionToken\":\"token-1\"}"));
  }

  @Test
  @Attack("console-address")
  void theAuditNotesTheConsoleAndNotItsAddress() {
    VerbRunner.succeeded(login("deploy", "stdout=true"));

    String audit = runner.caller().call("audit", "json=true").body();
    assertThat(audit)
        .contains("\"profile\":\"deploy\"", "\"way\":\"console\"", "\"accessKeyId\":\"ASIA1\"")
        .doesNotContain(FakeFederation.CANARY, "federation", "secret-1", "token-1");
  }

  @Test
  void sendsADurationForARoleThatAKeySignedFor() {
    VerbRunner.succeeded(login("deploy", "stdout=true", "duration=2h"));
    assertThat(federation.requests().getFirst()).containsEntry("SessionDuration", "7200");
  }

  @Test
  void sendsNoDurationForAChainedRole() {
    ControlResponse reply = VerbRunner.succeeded(login("audit", "stdout=true", "duration=2h"));
    assertThat(federation.requests().getFirst()).doesNotContainKey("SessionDuration");
    assertThat(reply.message()).contains("1h and not 2h");
  }

  @Test
  void asksAgainWithoutTheDurationIfAwsRefusesIt() {
    federation.refuseDurations();
    VerbRunner.succeeded(login("deploy", "stdout=true", "duration=2h"));
    assertThat(federation.requests()).hasSize(2);
    assertThat(federation.requests().getLast()).doesNotContainKey("SessionDuration");
  }

  @Test
  void aKeysConsoleIsThatOfAFederatedUser() {
    VerbRunner.succeeded(login("mfa", "stdout=true", "duration=2h"));
    assertThat(runner.calls("GetFederationToken")).isEqualTo(1);
    assertThat(runner.calls("GetSessionToken")).isZero();
    assertThat(federation.requests().getFirst()).doesNotContainKey("SessionDuration");
  }

  @Test
  void aKeysOtherSessionsAreNotTheConsoles() {
    VerbRunner.succeeded(login("dev", "stdout=true"));
    var _ = runner.exec("dev");
    assertThat(runner.calls("GetFederationToken")).isEqualTo(1);
    assertThat(runner.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void saysWhatAwsSaysIfTheUserMayNotBeFederated() {
    runner
        .sts()
        .answer(
            new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, "AWS refuses a federated session."));
    ControlResponse reply = login("dev", "stdout=true");
    assertThat(reply.ended(ExitCode.DENIED)).isTrue();
    assertThat(reply.message()).isEqualTo("AWS refuses a federated session.");
    assertThat(federation.requests()).isEmpty();
  }

  @Test
  void getsASessionOfWhichMostIsLeft() {
    VerbRunner.succeeded(login("deploy", "stdout=true"));
    runner.clock().advance(Duration.ofMinutes(20));
    VerbRunner.succeeded(login("deploy", "stdout=true"));
    assertThat(runner.calls("AssumeRole")).isEqualTo(2);
  }

  @Test
  void signsForTheRoleWithTheKeyItselfIfTheUserWantsNoSession() {
    VerbRunner.succeeded(login("mfa-role", "stdout=true", "no-session=true", "mfa-token=123456"));
    assertThat(runner.calls("GetSessionToken")).isZero();
    assertThat(runner.calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void printsTheAddressIfThereIsNoDisplay() {
    ControlResponse reply = VerbRunner.succeeded(login("deploy"));
    assertThat(reply.body()).startsWith(federation.endpoint() + "/federation?Action=login");
    assertThat(reply.message())
        .isEqualTo(
            "There is no display here, so here is the address. It logs in whoever opens it, for 15"
                + " minutes.");
  }

  @Test
  void printsTheAddressOverSsh() {
    ControlResponse reply =
        caller()
            .variable("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
            .variable("DISPLAY", ":10")
            .call("login", "profile=deploy");
    assertThat(VerbRunner.succeeded(reply).message()).startsWith("You are connected by SSH, so");
    assertThat(reply.body()).contains(FakeFederation.CANARY);
  }

  @Test
  void printsTheAddressIfNoBrowserCanBeStarted() {
    ControlResponse reply =
        caller().variable("BROWSER", "/nowhere/firefox").call("login", "profile=deploy");
    assertThat(VerbRunner.succeeded(reply).message()).startsWith("No browser could be started, so");
    assertThat(reply.body()).contains(FakeFederation.CANARY);
  }

  @Test
  @Attack("console-address")
  void theBrowsersCommandLineHasAnAddressThatLeadsThereOnce() throws IOException {
    ControlResponse reply =
        caller()
            .variable("BROWSER", browser("curl -sL \"$1\" > \"$HOME/page\"").toString())
            .call("login", "profile=deploy", "service=s3");

    assertThat(VerbRunner.succeeded(reply).message())
        .isEqualTo("The console of deploy opens in your browser.");
    assertThat(reply.body()).isEmpty();
    assertThat(Files.readString(home.resolve("page"))).contains("Welcome to the console");
    assertThat(federation.opened())
        .containsExactly("https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1");
    assertThat(Files.readString(home.resolve("words")))
        .matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}\n");
  }

  @Test
  void theUsersOwnCommandGetsContainerProfileAndAccount() throws IOException {
    Path firefox =
        browser(
            "curl -sL \"$(printf '%s' \"$1\" | sed 's/.*url=//;s/%3A/:/g;s/%2F/\\//g')\" > /dev/null");
    ControlResponse reply =
        caller()
            .variable("JVAULT_BROWSER", "'" + firefox + "' %c --profile-directory=%a-%p 'a b'")
            .call("login", "profile=deploy");

    assertThat(VerbRunner.succeeded(reply).message()).contains("opens in your browser");
    assertThat(Files.readString(home.resolve("words")))
        .startsWith("ext+container:name=deploy&url=http%3A%2F%2F127.0.0.1%3A")
        .endsWith("\n--profile-directory=123456789012-deploy\na b\n");
    assertThat(federation.opened()).hasSize(1);
  }

  @Test
  void endsThePresentLoginFirstIfTheUserWantsThat() throws IOException {
    VerbRunner.succeeded(
        caller()
            .variable("BROWSER", browser("curl -sL \"$1\" > /dev/null").toString())
            .call("login", "profile=deploy", "auto-logout=true"));
    assertThat(federation.loggedOut()).isTrue();
    assertThat(federation.opened()).hasSize(1);
  }

  @Test
  void asksWhoseCredentialsOfACommandAreAndRefusesAUsers() {
    runner.config(VerbRunner.profiles() + PROCESS);
    assertThat(login("process", "stdout=true"))
        .returns(true, reply -> reply.ended(ExitCode.PROFILE))
        .extracting(ControlResponse::message)
        .isEqualTo(
            "The credentials of profile process are a session of the user me, for which AWS opens"
                + " no console; give the profile a role_arn, or store the user's key with `jvault"
                + " add`.");
    assertThat(federation.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MALFORMED  | DENIED      | does not take the session of deploy (HTTP 400)",
        "FORBIDDEN  | DENIED      | refuses a console for the session of deploy (HTTP 403)",
        "TOO_MANY   | UNAVAILABLE | has too many requests at the moment; try again shortly.",
        "TROUBLE    | UNAVAILABLE | failed with HTTP 500; try again shortly.",
        "REDIRECT   | UNAVAILABLE | answered HTTP 302 and not as AWS does",
        "GARBAGE    | UNAVAILABLE | answered something that is not AWS's",
        "EMPTY      | UNAVAILABLE | answered something that is not AWS's",
        "WRONG_TYPE | UNAVAILABLE | answered something that is not AWS's",
        "ENDLESS    | UNAVAILABLE | answered with more than 64 KiB"
      })
  void saysInASentenceWhyThereIsNoConsole(Fault fault, ExitCode exit, String sentence) {
    federation.fail(fault);
    ControlResponse reply = login("deploy", "stdout=true");
    assertThat(reply.ended(exit)).as("%s", reply).isTrue();
    assertThat(reply.message())
        .startsWith("127.0.0.1:" + federation.endpoint().getPort() + " ")
        .contains(sentence)
        .doesNotContain("secret-1", "token-1", "sessionKey");
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void saysThatTheEndpointCannotBeReached() {
    federation.close();
    ControlResponse reply = login("deploy", "stdout=true");
    assertThat(reply.ended(ExitCode.UNAVAILABLE)).isTrue();
    assertThat(reply.message()).contains("No connection to 127.0.0.1:").doesNotContain("secret");
  }

  static Stream<List<String>> wrongOptions() {
    return Stream.of(
        List.of("region=cn-north-1", "region cn-north-1 is of the partition aws-cn, and the role"),
        List.of("region=eu west", "--region takes a region such as eu-west-1; correct it."),
        List.of("service=S3!", "--service takes the name of a service such as s3; correct it."),
        List.of("path=a b", "--path takes a path of the console such as ec2/home; correct it."),
        List.of(
            "destination=http://console.aws.amazon.com/", "--destination takes an https address"),
        List.of(
            "destination=https://cn-north-1.console.amazonaws.cn/",
            "is a page of the partition aws-cn, and the profile is of aws"),
        List.of("duration=13h", "-d (--duration) takes the length of"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void saysWhatIsWrongWithAnOptionAndAsksAwsNothing(List<String> optionAndSentence) {
    ControlResponse reply = login("deploy", "stdout=true", optionAndSentence.getFirst());
    assertThat(reply.ended(ExitCode.USAGE)).as("%s", reply).isTrue();
    assertThat(reply.message()).contains(optionAndSentence.getLast());
    assertThat(federation.requests()).isEmpty();
    assertThat(runner.calls("AssumeRole")).isZero();
  }

  private ControlResponse login(String profile, String... options) {
    var all = new ArrayList<>(List.of("profile=" + profile));
    all.addAll(Arrays.asList(options));
    return caller().call("login", all.toArray(String[]::new));
  }

  private VerbRunner.Caller caller() {
    return runner
        .caller()
        .variable("AWS_REGION", "eu-west-1")
        .variable("AWS_ENDPOINT_URL_SIGNIN", federation.endpoint().toString());
  }

  /** A browser that notes its arguments and then does what a script says. */
  private Path browser(String script) throws IOException {
    Path file = home.resolve("browser");
    Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$HOME/words\"\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
