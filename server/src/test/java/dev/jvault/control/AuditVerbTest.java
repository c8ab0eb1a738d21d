package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The audit, from the credentials issued on the control socket to what {@code log --audit} prints.
 */
final class AuditVerbTest {
  @TempDir Path home;
  private VerbRunner runner;

  @BeforeEach
  void start() throws IOException {
    runner = VerbRunner.withKeys(home);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  void isEmptyIfNoCredentialsWereIssued() {
    VerbRunner.succeeded(call("env", "profile=dev"));
    runner.exec("dev");

    assertThat(audit().body()).isEqualTo("No credentials were issued.\n");
    assertThat(audit("json=true").body()).isEmpty();
  }

  @Test
  void namesTheCommandThatGotASession() {
    ParsedLaunchPlan plan = runner.exec("deploy", "env=true", Routes.CALLER_PID + "=" + self());

    assertThat(lines())
        .singleElement()
        .asString()
        .contains("\"profile\":\"deploy\",\"way\":\"exec-env\",\"grant\":\"-\",\"pid\":" + self())
        .contains("\"accessKeyId\":\"" + plan.value("AWS_ACCESS_KEY_ID").orElseThrow() + "\"")
        .contains("\"expiration\":\"")
        .doesNotContain("executable", plan.value("AWS_SECRET_ACCESS_KEY").orElseThrow())
        .doesNotContain(plan.value("AWS_SESSION_TOKEN").orElseThrow());
  }

  @Test
  void namesTheCommandThatGotTheKeyItself() {
    runner.exec("dev", "no-session=true");
    runner.exec("deploy", "no-session=true");

    assertThat(lines().getFirst())
        .contains("\"profile\":\"dev\",\"way\":\"no-session\",\"grant\":\"-\",\"uid\":")
        .contains("\"accessKeyId\":\"" + VerbRunner.KEY_ID + "\"")
        .doesNotContain("expiration", "\"pid\"", VerbRunner.KEY_SECRET);
    assertThat(lines().getLast()).contains("\"profile\":\"deploy\"").contains("\"expiration\":\"");
    assertThat(audit().body())
        .contains("  no end  ")
        .containsPattern("  1 h [(]until \\d\\d:\\d\\d[)]  ");
  }

  @Test
  void namesTheProcessThatReadsTheOutputOfCredentialProcess() {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    VerbRunner.succeeded(
        call("credential-process", "profile=dev", Routes.CALLER_PID + "=" + self()));

    assertThat(lines().getFirst())
        .contains("\"way\":\"credential-process\"")
        .contains("\"pid\":" + parent.pid() + ",\"executable\":\"")
        .contains(parent.info().command().orElseThrow());
  }

  @Test
  void printsATableWithTheOldestEntryFirst() {
    runner.exec("dev", "env=true", Routes.CALLER_PID + "=4711");
    runner.clock().advance(Duration.ofMinutes(10));
    runner.exec("dev", "no-session=true", Routes.CALLER_PID + "=4712");

    assertThat(audit().body())
        .isEqualTo(
            """
            When                Profile  Way         Process  Grant  Time left             Times
            ==================  =======  ==========  =======  =====  ====================  =====
            10 min ago (03:04)  dev      exec-env    (4711)   -      50 min (until 04:04)  1
            0 s ago (03:14)     dev      no-session  (4712)   -      no end                1
            """);
  }

  @Test
  void showsTimesInTheZoneOfTheCallersTerminalAndJsonInUtc() {
    runner.exec("dev", "env=true");
    runner.clock().advance(Duration.ofMillis(1500));

    assertThat(audit(Routes.CALLER_ZONE + "=Asia/Kolkata").body())
        .contains("1 s ago (08:34)", "59 min (until 09:34)");
    assertThat(audit(Routes.CALLER_ZONE + "=GMT-05:00").body()).contains("1 s ago (22:04)");
    assertThat(audit(Routes.CALLER_ZONE + "=no/such zone").body()).contains("1 s ago (03:04)");
    assertThat(lines(Routes.CALLER_ZONE + "=Asia/Kolkata").getFirst())
        .contains("\"time\":\"2030-01-02T03:04:05Z\"", "\"expiration\":\"2030-01-02T04:04:05Z\"");
  }

  @Test
  void showsTheWholeArnOfARole() throws IOException {
    String role = "arn:aws:iam::210987654321:role/path/auditor";
    String begin =
        "{\"time\":\"2030-01-02T03:04:05.000001Z\",\"profile\":\"dev\",\"way\":\"container\",";
    String end = "\",\"uid\":1,\"accessKeyId\":\"A\"}\n";
    Files.writeString(runner.files().audit(), begin + "\"grant\":\"g\",\"role\":\"" + role + end);
    assertThat(audit().body()).contains("  dev as " + role + "  ");
    assertThat(audit(Routes.CALLER_COLUMNS + "=80").body()).contains("210987654321:", "auditor");
  }

  @Test
  void countsRepeatedIssuancesToOneClient() {
    for (int i = 0; i < 4; i++) {
      runner.exec("dev", "env=true");
      runner.clock().advance(Duration.ofMinutes(1));
    }
    assertThat(audit().body()).contains("  1\n").contains("  3 in 2 min\n");
    assertThat(file()).as("the first entry is written at once, the count later").hasSize(1);
    runner.restart();
    assertThat(file()).hasSize(2);
    assertThat(audit().body()).contains("  3 in 2 min\n");
  }

  @Test
  void filtersByProfileAndTime() {
    runner.exec("dev", "env=true");
    runner.clock().advance(Duration.ofMinutes(30));
    runner.exec("deploy", "env=true");

    assertThat(lines("profile=dev")).hasSize(1);
    assertThat(lines("profile=other")).isEmpty();
    assertThat(lines("since=29m")).singleElement().asString().contains("deploy");
    assertThat(lines("since=1h")).hasSize(2);
    assertThat(lines("since=1h", "profile=deploy")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "1", "-1h"})
  void refusesAnInvalidDuration(String since) {
    ControlResponse response = call("audit", "since=" + since);
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message()).startsWith("--since takes a duration such as 30m, 1h or 2d;");
  }

  @Test
  @Attack("terminal")
  void cannotBreakATerminal() throws IOException {
    String line =
        """
        {"time":"2030-01-02T03:04:05Z","profile":"a\\u001b[2J\\nb\u202e","way":"imds",\
        "grant":"g","executable":"/x/\\u009b\\u2028y","uid":1,"accessKeyId":"A"}
        """;
    runner.exec("dev", "env=true");
    Files.writeString(runner.files().audit(), line, StandardOpenOption.APPEND);

    assertThat(audit().body())
        .contains("a\\u001b[2J\\u000ab\\u202e")
        .contains("\\u009b\\u2028y")
        .hasLineCount(4)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
    assertThat(audit("json=true").body())
        .hasLineCount(2)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
  }

  @Test
  void showsTheNewestEntriesIfThereAreTooMany() throws IOException {
    runner.exec("dev", "env=true");
    String line = Files.readString(runner.files().audit());
    Files.writeString(
        runner.files().audit(), line.repeat(AuditVerb.MOST), StandardOpenOption.APPEND);

    ControlResponse response = audit("json=true");
    assertThat(response.body()).hasLineCount(AuditVerb.MOST);
    assertThat(response.message())
        .isEqualTo(
            "Only the newest 5000 are shown; "
                + runner.files().audit()
                + " and the older files beside it hold the rest.");
  }

  @Test
  void saysHowManyEntriesAreMissing() throws IOException {
    runner.exec("dev", "env=true");
    Files.delete(runner.files().audit());
    Files.createDirectories(runner.files().audit().resolve("in the way"));
    runner.exec("deploy", "env=true");

    String trouble = "audit entries missing in " + runner.files().audit() + ": 1 (";
    assertThat(audit().message()).startsWith(trouble);
  }

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    runner.exec("dev", "env=true");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runner.files().audit())))
        .isEqualTo("rw-------");
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }

  private ControlResponse call(String verb, String... options) {
    return runner.caller().call(verb, options);
  }

  private ControlResponse audit(String... options) {
    return VerbRunner.succeeded(call("audit", options));
  }

  private List<String> lines(String... options) {
    ControlResponse response =
        VerbRunner.succeeded(runner.caller().with("json=true").call("audit", options));
    return response.body().lines().toList();
  }

  private List<String> file() {
    try {
      return Files.readAllLines(runner.files().audit());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
