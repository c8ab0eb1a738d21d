package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class NetworkErrorMapperTest {
  private static final CallLimits SHORT =
      new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(1), 3);

  @Test
  void reportsAServerThatDoesNotAnswer() throws IOException, InterruptedException {
    var end = new CountDownLatch(1);
    try (var server =
            new ScriptedServer((_, _) -> {
              end.await();
              return "";
            });
        var calls = new StsCalls(InstantSource.system(), SHORT)) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .contains("127.0.0.1:" + server.port() + " gave no answer for 1 s; try again");
    } finally {
      end.countDown();
    }
  }

  @Test
  @Attack("wrong-answers")
  void abandonsAnAnswerThatNeverEnds() throws IOException {
    String endless = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<AssumeRoleResponse>";
    var end = new CountDownLatch(1);
    var limits = new CallLimits(SHORT.total(), Duration.ofSeconds(30), SHORT.total(), 1);
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var calls = new StsCalls(InstantSource.system(), limits)) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = listener.accept()) {
              socket.getOutputStream().write(endless.getBytes(UTF_8));
              end.await();
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort());
      assertThat(sentence(calls.role(StsCalls.at(uri)))).contains("gave no answer for 1 s");
    } finally {
      end.countDown();
    }
  }

  @Test
  void reportsAPortWithoutAListener() throws IOException {
    int port = FreePort.next();
    try (var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(URI.create("http://127.0.0.1:" + port)))))
          .startsWith("No connection to 127.0.0.1:" + port + ";");
    }
  }

  @Test
  void reportsANameThatCannotBeResolved() {
    try (var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(URI.create("https://sts.nowhere.invalid")))))
          .startsWith("The name sts.nowhere.invalid cannot be resolved;");
    }
  }

  @Test
  void reportsABrokenConnection() throws IOException {
    try (var server = new ScriptedServer((_, _) -> "");
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .contains("broke before an answer came");
    }
  }

  @Test
  void reportsAProxyThatRequiresAUser() throws IOException {
    assertThat(sentence(throughProxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")))
        .contains("The proxy localhost:")
        .contains("wants a user and a password")
        .doesNotContain("canary");
  }

  @Test
  void reportsAProxyThatRefuses() throws IOException {
    assertThat(sentence(throughProxy(answer(403, "no"))))
        .contains("answered HTTP 403 when asked for sts.eu-west-1.amazonaws.com")
        .doesNotContain("canary");
  }

  @Test
  @Attack("proxy-password")
  void sendsTheUserOnlyToAProxyThatAsks() throws IOException {
    String asks =
        "HTTP/1.1 407 no\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
    try (var proxy = new ScriptedServer((_, number) -> number == 1 ? asks : answer(502, ""));
        var calls = new StsCalls()) {
      calls.role(proxied(proxy.port(), "me:a+b%40c"));

      assertThat(proxy.requests().getFirst().start())
          .isEqualTo("CONNECT sts.eu-west-1.amazonaws.com:443 HTTP/1.1");
      assertThat(proxy.requests().getFirst().header("proxy-authorization")).isEmpty();
      // me:a+b@c
      assertThat(proxy.requests().get(1).header("proxy-authorization"))
          .isEqualTo("Basic bWU6YStiQGM=");
    }
  }

  @Test
  void sendsTheUserToTheProxyOfAnEndpointWithoutTls() throws IOException {
    try (var proxy = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      var target =
          new ServiceTarget(
              "eu-west-1",
              Optional.of(URI.create("http://sts.example")),
              false,
              false,
              Optional.empty(),
              Optional.of(URI.create("http://me:a+b%40c@localhost:" + proxy.port())));
      assertThat(calls.role(target)).isInstanceOf(Outcome.Issued.class);
      assertThat(proxy.requests().getFirst().start()).startsWith("POST http://sts.example");
      assertThat(proxy.requests().getFirst().header("proxy-authorization"))
          .isEqualTo("Basic bWU6YStiQGM=");
    }
  }

  @Test
  void refusesAnUnsupportedProxy() {
    try (var calls = new StsCalls()) {
      assertThat(calls.role(StsCalls.region("eu-west-1", URI.create("https://127.0.0.1:1080"))))
          .isInstanceOfSatisfying(
              Outcome.Denied.class,
              denied ->
                  assertThat(denied.sentence()).contains("must be an http:// or socks5:// URL"));
    }
  }

  @Test
  void endsWhenItIsInterrupted() throws IOException, InterruptedException {
    var asked = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    try (var server =
            new ScriptedServer((_, _) -> {
              asked.countDown();
              end.await();
              return "";
            });
        var calls = new StsCalls()) {
      var outcome = new Outcome[1];
      Thread caller =
          Thread.ofVirtual().start(() -> outcome[0] = calls.role(StsCalls.at(server.uri())));
      asked.await();
      caller.interrupt();
      assertThat(caller.join(Patience.LIMIT)).isTrue();
      assertThat(outcome[0]).isInstanceOf(Unavailable.class);
    } finally {
      end.countDown();
    }
  }

  private static Outcome throughProxy(String says) throws IOException {
    try (var proxy = new ScriptedServer((_, _) -> says);
        var calls = new StsCalls()) {
      return calls.role(proxied(proxy.port(), "me:canary"));
    }
  }

  private static ServiceTarget proxied(int port, String user) {
    return new ServiceTarget(
        "eu-west-1",
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.of(URI.create("http://" + user + "@localhost:" + port)));
  }

  private static String sentence(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unavailable.class);
    return ((Unavailable) outcome).sentence();
  }
}
