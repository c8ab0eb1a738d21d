package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's part of {@code doctor}: what it sends, and the request that it makes as an SDK. */
final class DoctorVerbTest {
  @TempDir Path home;

  @Test
  void sendsTheNamesOfKeysAndNoKey() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.then(0, "", "All is well.\n");
      var run = new ClientRun(home);
      run.environment.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
      run.environment.put("AWS_SECRET_ACCESS_KEY", "canary-secret");
      run.environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "canary-token");
      run.environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/x");

      assertThat(run.run("doctor", "--fix", "--", "aws", "--json")).isZero();

      assertThat(daemon.requests().getFirst())
          .startsWith("POST /verbs/doctor")
          .contains("fix=true", "caller.set=AWS_ACCESS_KEY_ID", "caller.program=0.1.0")
          .contains("env.AWS_CONTAINER_CREDENTIALS_FULL_URI=http%3A%2F%2F127.0.0.1%3A9%2Fx")
          .contains("command=aws&command=--json")
          .doesNotContain("AKIAIOSFODNN7EXAMPLE", "canary", "&json=true");
    }
  }

  @Test
  void makesTheRequestOfAnSdkAndReportsTheAnswer() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "grant-token");
    try (var endpoint = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var daemon = new FakeDaemon(home)) {
      CompletableFuture<String> asked = answering(endpoint, "HTTP/1.1 200 OK\r\n\r\n{\"Code\":1}");
      String uri = "http://127.0.0.1:" + endpoint.getLocalPort() + "/credentials/g1";
      daemon.thenAsks("reading", "off", uri + "\n" + token).then(9, "", "done\n");

      assertThat(new ClientRun(home).run("doctor")).isEqualTo(ExitCode.PROBLEMS.status());

      assertThat(asked.get())
          .startsWith("GET /credentials/g1 HTTP/1.1\r\n")
          .contains("\r\nAuthorization: grant-token\r\n");
      assertThat(daemon.requests().get(1)).endsWith("200\n{\"Code\":1}");
    }
  }

  @Test
  void reportsAnEndpointThatItDoesNotReach() throws IOException {
    Path token = Files.writeString(home.resolve("token"), "grant-token");
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (var daemon = new FakeDaemon(home)) {
      daemon
          .thenAsks("reading", "off", "http://127.0.0.1:" + port + "/x\n" + token)
          .then(0, "", "done\n");

      assertThat(new ClientRun(home).run("doctor")).isZero();

      assertThat(daemon.requests().get(1)).endsWith(" 0\nConnection refused");
    }
  }

  @Test
  void refusesNamesBeforeTheCommandAndAnEmptyCommand() {
    var run = new ClientRun(home);

    assertThat(run.run("doctor", "dev")).isEqualTo(ExitCode.USAGE.status());
    assertThat(run.run("doctor", "--")).isEqualTo(ExitCode.USAGE.status());
    assertThat(run.error()).contains("No command follows `--`");
  }

  private static CompletableFuture<String> answering(ServerSocket server, String answer) {
    return CompletableFuture.supplyAsync(() -> {
      try (Socket socket = server.accept()) {
        byte[] request = new byte[4096];
        int length = socket.getInputStream().read(request);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        return new String(request, 0, length, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }
}
