package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.FakeProgram;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One MFA code serves all callers that wait, on the control socket and at the endpoint. */
final class CodeForAllTest {
  private static final int CALLERS = 100;
  private static final int ROLES = 10;

  @TempDir Path home;
  private RunningJvault jvault;

  /** Platform threads wait for a place in the socket's queue; virtual threads are refused. */
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @BeforeEach
  void open() throws IOException {
    jvault = RunningJvault.withKeys(home, Duration.ofHours(1));
    var config = new StringBuilder(RunningJvault.profiles(jvault.sts().endpoint()));
    for (int role = 0; role < ROLES; role++) {
      config.append(
          """
          [profile role-%1$d]
          source_profile = mfa
          role_arn = arn:aws:iam::123456789012:role/role-%1$d
          endpoint_url = %2$s
          """
              .formatted(role, jvault.sts().endpoint()));
    }
    jvault.config(config.toString());
  }

  @AfterEach
  void close() {
    callers.shutdownNow();
    jvault.close();
  }

  @Test
  void aHundredTerminalsOnTenRolesNeedOneCodeAndElevenCalls() {
    var asked = new AtomicInteger();
    List<CompletableFuture<ControlResponse>> waiting = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      String profile = "profile=role-" + caller % ROLES;
      waiting.add(CompletableFuture.supplyAsync(() -> typed(profile, asked), callers));
    }
    for (CompletableFuture<ControlResponse> answer : waiting) {
      assertThat(answer.join().ended(ExitCode.OK)).as(answer.join().toString()).isTrue();
    }
    assertThat(asked).hasValue(1);
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(1);
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(ROLES);
  }

  @Test
  void sdksGet503UntilTheDialogIsAnswered() throws IOException {
    Path go = home.resolve("go");
    Path bin = Files.createDirectory(home.resolve("bin"));
    ControlTestClient desktop =
        jvault.caller().variable("DISPLAY", "nowhere").variable("PATH", bin + ":/usr/bin:/bin");
    List<SdkClient> clients = new ArrayList<>();
    for (int role = 0; role < ROLES; role++) {
      ControlResponse plan =
          RunningJvault.succeeded(desktop.call("exec", "profile=role-" + role, "mfa-token=123456"));
      clients.add(new SdkClient(new ParsedLaunchPlan(plan.body())));
    }
    RunningJvault.succeeded(desktop.call("clear"));
    var zenity =
        new FakeProgram(
            bin, "zenity", "while [ ! -e '%s' ]; do sleep 0.1; done; echo 654321".formatted(go));

    List<CompletableFuture<SdkResponse>> first = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      SdkClient client = clients.get(caller % ROLES);
      first.add(CompletableFuture.supplyAsync(() -> get(client), callers));
    }
    for (CompletableFuture<SdkResponse> answer : first) {
      assertThat(answer.join().status()).isEqualTo(503);
      assertThat(answer.join().member("Message")).contains("run `jvault unlock role-");
    }
    await().until(() -> zenity.starts() == 1);
    Files.createFile(go);
    await().until(() -> get(clients.getFirst()).credentials());
    for (SdkClient client : clients) {
      assertThat(get(client).credentials()).isTrue();
    }
    assertThat(zenity.starts()).isEqualTo(1);
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(2);
  }

  private ControlResponse typed(String profile, AtomicInteger asked) {
    ControlTestClient user = jvault.caller().atTerminal();
    ControlResponse answer = user.pastNotices(user.call("exec", profile));
    while (answer.question().startsWith("mfa")) {
      asked.incrementAndGet();
      answer = user.pastNotices(user.reply(answer, "123456"));
    }
    return answer;
  }

  private static SdkResponse get(SdkClient client) {
    try {
      return client.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
