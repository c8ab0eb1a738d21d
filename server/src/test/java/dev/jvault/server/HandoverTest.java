package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.http.RawClient;
import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A handover from one daemon to the next. */
@EnabledOnOs(OS.LINUX)
final class HandoverTest {
  private static final int ROUNDS = 3;
  private static final int CLIENTS = 10;

  /** Kept connections that the old daemon may close while a client sends, over all rounds. */
  private static final int HANDFUL = 5;

  @TempDir Path home;
  private RunningJvault jvault;
  private String request;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger keptClosed = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
    ParsedLaunchPlan plan = jvault.exec("deploy");
    String path =
        URI.create(plan.value("AWS_CONTAINER_CREDENTIALS_FULL_URI").orElseThrow()).getPath();
    String token =
        Files.readString(
            Path.of(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow()));
    request = "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: %s\r\n".formatted(path, token);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void noClientIsRefusedOrGetsAWrongAnswer() throws Exception {
    List<Future<Void>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(threads.submit(this::askOnNewConnections));
        clients.add(threads.submit(this::askOnAKeptConnection));
      }
      for (int round = 0; round < ROUNDS; round++) {
        awaitAnswers(200, clients);
        handOver();
        awaitAnswers(200, clients);
        jvault.follow();
      }
      awaitAnswers(200, clients);
      over.set(true);
      for (Future<Void> client : clients) {
        assertThat(client.get()).isNull();
      }
    } finally {
      over.set(true);
    }
    assertThat(keptClosed.get()).isLessThanOrEqualTo(HANDFUL);
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void theOldDaemonWritesNothingAfterwardsAndTheNewOneHasTheVault() throws Exception {
    handOver();
    Map<Path, FileTime> before = files();
    assertThat(get()).startsWith("HTTP/1.1 200").contains("Connection: close");
    jvault.clock().advance(Duration.ofMinutes(50));
    assertThat(get()).startsWith("HTTP/1.1 200");
    assertThat(files()).isEqualTo(before);

    jvault.follow();
    jvault.addKey(jvault.caller(), "next", RunningJvault.KEY_ID);
    assertThat(jvault.files().controlSocket()).exists();
    assertThat(get()).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
  }

  @Test
  void reportsTheKeptProfilesAndTheNewDaemonKeepsThemWithoutAskingTheUser() throws Exception {
    RunningJvault.succeeded(jvault.caller().call("server", "profile=mfa-role", "mfa-token=123456"));
    ControlResponse reply = handOver();
    assertThat(reply.body())
        .isEqualTo(
            "--share-port\n%d\n--predecessor\n%d\n\nmfa-role\n"
                .formatted(jvault.port(), ProcessHandle.current().pid()));
    jvault.follow();
    int calls = jvault.sts().calls("GetSessionToken");
    RunningJvault.succeeded(jvault.caller().call("handover-finish", "profile=mfa-role"));
    assertThat(jvault.caller().call("status").body()).contains("mfa-role");
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(calls);
  }

  @Test
  void clientsDoNotFindTheOldDaemonAnyMore() {
    handOver();
    assertThatThrownBy(() -> jvault.caller().call("status"))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  @Attack("handover")
  void noOtherProcessCanShareThePortAfterwards() throws Exception {
    handOver();
    jvault.follow();
    await().untilAsserted(() -> assertThatThrownBy(this::share).isInstanceOf(BindException.class));
    handOver();
    jvault.follow();
  }

  private void share() throws IOException {
    try (var other = ServerSocketChannel.open()) {
      other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), jvault.port()));
    }
  }

  private ControlResponse handOver() {
    ControlResponse answer = jvault.caller().call("handover");
    assertThat(answer.ended(ExitCode.OK)).as(answer.toString()).isTrue();
    return answer;
  }

  private String get() throws IOException {
    try (var client = new RawClient(jvault.port())) {
      client.send(request + "\r\n");
      return client.readAnswer();
    }
  }

  private Void askOnNewConnections() throws IOException {
    while (!over.get()) {
      check(RawClient.exchange(jvault.port(), request + "Connection: close\r\n\r\n"));
    }
    return null;
  }

  private Void askOnAKeptConnection() throws IOException {
    while (!over.get()) {
      try (var client = new RawClient(jvault.port())) {
        String answer = "";
        for (int time = 0; !over.get() && !answer.contains("Connection: close"); time++) {
          try {
            client.send(request + "\r\n");
            answer = client.readAnswer();
          } catch (IOException e) {
            if (time == 0) {
              throw e;
            }
            keptClosed.incrementAndGet();
            break;
          }
          check(answer);
        }
      }
    }
    return null;
  }

  private void check(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"AccessKeyId\"");
    answers.incrementAndGet();
  }

  /** Ends early if a client has failed, which is what the test then shows. */
  private void awaitAnswers(int more, List<Future<Void>> clients) throws Exception {
    int enough = answers.get() + more;
    await().until(() -> answers.get() >= enough || clients.stream().anyMatch(Future::isDone));
    for (Future<Void> client : clients) {
      if (client.isDone()) {
        assertThat(client.get()).isNull();
      }
    }
  }

  /** All files but the audit, to which a daemon appends a line for each issuance. */
  private Map<Path, FileTime> files() throws IOException {
    var times = new TreeMap<Path, FileTime>();
    try (Stream<Path> all = Files.walk(home.resolve("jv"))) {
      List<Path> others =
          all.filter(file -> !file.equals(jvault.files().state()))
              .filter(file -> !file.getFileName().toString().startsWith("audit"))
              .toList();
      for (Path file : others) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
