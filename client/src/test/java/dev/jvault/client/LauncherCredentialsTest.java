package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher runs {@code credential-process} without Java, against a small HTTP server. */
final class LauncherCredentialsTest {
  private static final int ASKED_JAVA = 77;
  private static final String BODY = "{\"Version\":1,\"AccessKeyId\":\"ASIA\"}";
  private static final String GOOD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\njvault-proof: the-proof\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  @TempDir Path folder;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private InstalledTree tree;
  private volatile String answer = GOOD;
  private volatile boolean silent;
  private volatile boolean hangsUp;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
    tree = new InstalledTree(folder);
    InstalledTree.write(tree.root.resolve("token"), "the-token");
    List<String> lines = tree.readyLines();
    lines.replaceAll(line -> line.equals("port 1") ? "port " + server.getLocalPort() : line);
    tree.ready("dev", lines);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void printsTheDaemonsAnswerWithoutJava() throws InterruptedException {
    var result = tree.run("credential-process", "dev");

    assertThat(result).isEqualTo(new InstalledTree.Result(0, BODY + "\n", ""));
    assertThat(requests.poll(2, TimeUnit.MINUTES))
        .isEqualTo(
            "GET /credential-process/dev HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.getLocalPort()
                + "\r\nAuthorization: the-token\r\nConnection: close\r\n\r\n");
    assertThat(tree.javaArguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the-proof/another-proof",
        "the-proof/THE-PROOF",
        "jvault-proof: the-proof/X: y",
        "200 OK/503 Service Unavailable",
        "200 OK/2000 OK",
        "HTTP/ICY ",
        "Content-Length: /Content-Length: 1",
        "Content-Length: /Content-Length: a[$(touch x)]",
        "Content-Length: /X: ",
        "{/<html>"
      })
  @Attack("taken-port")
  void leavesAnyOtherResponseToJava(String change) {
    String[] words = change.split("/", 2);
    if (change.startsWith("HTTP/")) {
      words = new String[] {"HTTP/1.1", "ICY"};
    }
    answer = GOOD.replace(words[0], words[1]);

    var result = tree.run("credential-process", "dev");

    assertThat(result.exit()).isEqualTo(ASKED_JAVA);
    assertThat(result.out()).isEmpty();
    assertThat(Path.of("x")).doesNotExist();
  }

  @Test
  @Attack("taken-port")
  void leavesAResponseThatWasCutOffToJava() {
    answer = GOOD.substring(0, GOOD.length() - 5);

    assertThat(tree.run("credential-process", "dev").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  void leavesAMinimumLifetimeToJava() {
    tree.environment().put("AWS_MIN_TTL", "20m");
    List<String> lines = tree.readyLines();
    lines.replaceAll(line -> line.equals("port 1") ? "port " + server.getLocalPort() : line);
    lines.add(lines.indexOf("port " + server.getLocalPort()), "var AWS_MIN_TTL=20m");
    tree.ready("dev", lines);

    assertThat(tree.run("credential-process", "dev").exit()).isEqualTo(ASKED_JAVA);
    assertThat(requests).isEmpty();
  }

  @Test
  @Attack("taken-port")
  void leavesASilentServerToJava() {
    silent = true;

    assertThat(tree.run("credential-process", "dev").exit()).isEqualTo(ASKED_JAVA);
  }

  @Test
  @Attack("taken-port")
  void leavesAServerThatHangsUpToJava() {
    hangsUp = true;

    for (int i = 0; i < 20; i++) {
      assertThat(tree.run("credential-process", "dev").exit()).isEqualTo(ASKED_JAVA);
    }
  }

  @Test
  void leavesAClosedPortToJava() throws IOException {
    server.close();

    var result = tree.run("credential-process", "dev");

    assertThat(result).isEqualTo(new InstalledTree.Result(ASKED_JAVA, "", ""));
  }

  @Test
  void sendsNoMalformedToken() {
    InstalledTree.write(tree.root.resolve("token"), "a\r\nX: y");

    assertThat(tree.run("credential-process", "dev").exit()).isEqualTo(ASKED_JAVA);
    assertThat(requests).isEmpty();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        answer(server.accept());
      } catch (IOException _) {
        return;
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    if (hangsUp) {
      socket.close();
      return;
    }
    var request = new StringBuilder();
    var in = socket.getInputStream();
    while (request.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      request.append((char) b);
    }
    requests.add(request.toString());
    if (!silent) {
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      socket.close();
    }
  }
}
