package dev.jvault.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code server} asked for lasts until {@code server --forget}. */
final class ServedProfilesTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void aServedProfileIsKeptReadyByTheNextDaemon() {
    RunningJvault.succeeded(call("server", "profile=deploy", "imds=dev=" + FreePort.next()));
    String before = printed(call("server", "profile=deploy").body());
    jvault.restart();

    assertThat(status()).contains("kept ready deploy, dev");
    RunningJvault.succeeded(call("unlock"));

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() ->
            assertThat(call("status", "json=true").body())
                .containsPattern("\"profile\": \"deploy\",\\s*\"readyUntil\": \"20")
                .containsPattern("\"profile\": \"dev\",\\s*\"readyUntil\": \"20"));
    assertThat(printed(call("server", "profile=deploy").body())).isEqualTo(before);
  }

  @Test
  void theCheckSaysWhatWouldBeServedAndServesNothing() {
    int port = FreePort.next();

    String text =
        RunningJvault.succeeded(call("server", "check=true", "profile=deploy", "imds=dev=" + port))
            .body();

    assertThat(text)
        .isEqualTo(
            "serve profile deploy\nserve profile dev as instance metadata on 127.0.0.1:%d\n"
                .formatted(port));
    assertThat(status()).doesNotContain("kept ready");
    assertThat(call("grants").body()).doesNotContain("deploy");
    RunningJvault.succeeded(call("server", "profile=deploy", "imds=dev=" + port));
    assertThat(
            RunningJvault.succeeded(
                    call("server", "check=true", "profile=deploy", "imds=dev=" + port))
                .body())
        .isEmpty();
  }

  @Test
  void theCheckRefusesAnUnknownProfileWithTheNearest() {
    ControlResponse refused = call("server", "check=true", "profile=dev\ndeplyo");

    assertThat(refused.ended(ExitCode.PROFILE)).isTrue();
    assertThat(refused.message()).contains("did you mean deploy?");
  }

  @Test
  void aProfileOfACommandIsNotKeptReady() {
    var _ = jvault.exec("deploy");
    var _ = jvault.exec("dev", "imds=true");
    assertThat(status()).doesNotContain("kept ready");
  }

  @Test
  void aForgottenProfileEndsWithItsGrantAndItsListener() {
    int port = FreePort.next();
    RunningJvault.succeeded(call("server", "profile=dev", "imds=dev=" + port));
    RunningJvault.succeeded(call("server", "profile=deploy"));

    ControlResponse forgotten = RunningJvault.succeeded(call("server", "forget=dev"));

    assertThat(forgotten.message())
        .contains("Profile dev is no longer kept ready: grant dev")
        .contains(
            "has ended, IMDS port " + port + " is closed; programs that used them get no more");
    assertThat(status()).contains("kept ready deploy");
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    assertThat(call("grants").body()).contains("deploy").doesNotContain("dev-imds");
    jvault.restart();
    assertThat(status()).contains("kept ready deploy");
  }

  @Test
  void toForgetAProfileTwiceChangesNothingMore() {
    RunningJvault.succeeded(call("server", "profile=dev"));
    RunningJvault.succeeded(call("server", "forget=dev"));
    assertThat(RunningJvault.succeeded(call("server", "forget=dev")).message())
        .isEqualTo("Profile dev is not served, so there is nothing to forget.");
  }

  @Test
  void aMistypedNameIsRefusedWithTheNearestAndNothingIsForgotten() {
    RunningJvault.succeeded(call("server", "profile=dev\ndeploy"));

    ControlResponse refused = call("server", "forget=dev\ndeplyo");

    assertThat(refused.ended(ExitCode.USAGE)).isTrue();
    assertThat(refused.message())
        .contains("No profile deplyo is served, and nothing was forgotten; did you mean deploy?");
    assertThat(status()).contains("kept ready deploy, dev");
  }

  @Test
  void aRemovedProfileIsShownWithItsReasonAndCanBeForgotten() {
    RunningJvault.succeeded(call("server", "profile=deploy"));
    jvault.config("[profile dev]\nregion = eu-west-1\n");
    jvault.restart();
    RunningJvault.succeeded(call("unlock"));

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> assertThat(status()).contains("not ready  deploy: "));
    RunningJvault.succeeded(call("server", "forget=deploy"));
    assertThat(status()).doesNotContain("deploy");
  }

  @Test
  void aProfileThatNeedsACodeSaysHowToGiveIt() {
    RunningJvault.succeeded(call("server", "profile=mfa", "mfa-token=123456"));
    RunningJvault.succeeded(call("clear", "profile=mfa"));
    jvault.restart();
    RunningJvault.succeeded(call("unlock"));

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() ->
            assertThat(status())
                .contains(
                    "waiting    mfa: needs an MFA code of arn:aws:iam::123456789012:mfa/me: run"
                        + " `jvault unlock mfa`."));
    String needs = "profile mfa needs an MFA code of arn:aws:iam::123456789012:mfa/me";
    assertThat(status())
        .contains("  state      waiting for you: " + needs + "; run `jvault unlock mfa`");
    assertThat(call("status", "json=true").body()).contains("\"state\": \"waiting\"");
    RunningJvault.succeeded(call("unlock", "profile=mfa", "mfa-token=234567"));
    assertThat(status()).doesNotContain("waiting").contains("  state      ready: serves mfa");
    assertThat(call("status", "json=true").body()).contains("\"state\": \"ready\"");
  }

  @Test
  void toRevokeTheLastGrantOfAProfileForgetsItToo() {
    RunningJvault.succeeded(call("server", "profile=deploy"));
    String id =
        call("grants", "json=true")
            .body()
            .replaceFirst("(?s).*\"id\": \"([^\"]*)\",\\s*\"kind\": \"server\".*", "$1");
    assertThat(RunningJvault.succeeded(call("revoke", "grant=" + id)).message())
        .contains("No longer kept ready: deploy.");
    assertThat(status()).doesNotContain("kept ready");
  }

  private ControlResponse call(String verb, String... options) {
    return jvault.caller().call(verb, options);
  }

  private String status() {
    return RunningJvault.succeeded(call("status")).body();
  }

  /** The lines that a user copies. */
  private static String printed(String text) {
    return String.join("\n", text.lines().filter(line -> line.contains("AWS_CONTAINER")).toList());
  }
}
