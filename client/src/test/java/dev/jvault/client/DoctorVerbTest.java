package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's part of {@code doctor}: what it sends, and the request that it makes as an SDK. */
final class DoctorVerbTest {
  /** The port of tcpmux, which nothing has; port 0 would give one that a connection can take. */
  private static final int NOBODY_LISTENS = 1;

  private static final SilenceLimit.Times QUICK =
      new SilenceLimit.Times(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(60));

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
    try (var daemon = new FakeDaemon(home)) {
      daemon
          .thenAsks("reading", "off", "http://127.0.0.1:" + NOBODY_LISTENS + "/x\n" + token)
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

  @Test
  void checksWhatNeedsNoDaemonIfTheDaemonTakesTheRequestAndNeverAnswers() throws IOException {
    Path words = home.resolve("words");
    var run = new ClientRun(home);
    run.launcher = script("printf '%s\\n' \"$@\" > " + words + "\nexit 9\n");
    var error = new ByteArrayOutputStream();
    // As the kernel does for a process that is stopped, this takes connections into its queue.
    try (ServerSocketChannel silent = listening()) {
      assertThat(silent.isOpen()).isTrue();

      int exit = doctor(QUICK, run, error, "--json");

      assertThat(exit).isEqualTo(ExitCode.PROBLEMS.status());
    }
    assertThat(Files.readString(words))
        .startsWith("--doctor\n--reason\nNo jvault daemon answers on the control socket;")
        .contains("\n--json\n--\n");
    assertThat(error.toString(StandardCharsets.UTF_8))
        .isEqualTo("jvault: Still waiting for the daemon.\n");
  }

  @Test
  void waitsForADaemonThatIsSlowAndLives() throws IOException {
    var patient =
        new SilenceLimit.Times(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(2));
    try (ServerSocketChannel slow = listening()) {
      Thread.ofPlatform().daemon().start(() -> answerAfterTwoQuestions(slow));

      int exit = doctor(patient, new ClientRun(home), new ByteArrayOutputStream());

      assertThat(exit).isEqualTo(ExitCode.DENIED.status());
    }
  }

  private static int doctor(
      SilenceLimit.Times silence, ClientRun run, ByteArrayOutputStream error, String... options)
      throws IOException {
    var verb = new DoctorVerb(silence);
    return verb.run(
        verb.read(List.of(options)),
        new Client(
            run.invocation(),
            MemoryClosing.start(() -> {}),
            run,
            OutputStream.nullOutputStream(),
            new PrintStream(error, true, StandardCharsets.UTF_8)));
  }

  private String script(String lines) throws IOException {
    Path script = Files.writeString(home.resolve("jvault"), "#!/bin/sh\n" + lines);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"))
        .toString();
  }

  private ServerSocketChannel listening() throws IOException {
    Path folder = Files.createDirectories(home.resolve("run"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
  }

  /** Answers who it is at once, and the verb after two of those. */
  private static void answerAfterTwoQuestions(ServerSocketChannel server) {
    SocketChannel verb = null;
    int questions = 0;
    try {
      while (verb == null || questions < 2) {
        SocketChannel channel = server.accept();
        var request = ByteBuffer.allocate(1 << 16);
        channel.read(request);
        if (new String(request.array(), StandardCharsets.UTF_8).startsWith("POST ")) {
          verb = channel;
        } else {
          questions++;
          respond(channel, "0");
        }
      }
      respond(verb, "6");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void respond(SocketChannel channel, String exit) throws IOException {
    String response =
        FakeDaemon.head("200 OK") + Routes.EXIT + ": " + exit + "\r\n" + FakeDaemon.sized("");
    channel.write(ByteBuffer.wrap(response.getBytes(StandardCharsets.UTF_8)));
    channel.close();
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
