package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls over TLS through real proxies: microsocks and tinyproxy. */
final class ProxyIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"socks5, ''", "socks5h, ''", "socks5, me:a+b%40c@"})
  void socks(String scheme, String user) throws Exception {
    int port = FreePort.next();
    List<String> command =
        user.isEmpty()
            ? List.of("microsocks", "-i", "127.0.0.1", "-p", "" + port)
            : List.of("microsocks", "-i", "127.0.0.1", "-p", "" + port, "-u", "me", "-P", "a+b@c");
    Process proxy = start(command, port);
    try {
      assertThat(calls(URI.create(scheme + "://" + user + "127.0.0.1:" + port)))
          .isInstanceOf(Outcome.Issued.class);
    } finally {
      stop(proxy);
    }
  }

  @Test
  void aSocksProxyThatRefusesTheUserIsAnError() throws Exception {
    int port = FreePort.next();
    Process proxy =
        start(
            List.of("microsocks", "-i", "127.0.0.1", "-p", "" + port, "-u", "me", "-P", "right"),
            port);
    try {
      assertThat(calls(URI.create("socks5://me:canary@127.0.0.1:" + port)))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              refused ->
                  assertThat(refused.sentence())
                      .contains("127.0.0.1:" + port)
                      .doesNotContain("canary"));
    } finally {
      stop(proxy);
    }
  }

  @Test
  void httpWithAUser() throws Exception {
    int port = FreePort.next();
    Path config =
        Files.writeString(
            folder.resolve("tinyproxy.conf"),
            "Port %d\nListen 127.0.0.1\nBasicAuth me a-b_c\nMaxClients 10\n".formatted(port));
    Process proxy = start(List.of("tinyproxy", "-d", "-c", config.toString()), port);
    try {
      assertThat(calls(URI.create("http://me:a-b_c@127.0.0.1:" + port)))
          .isInstanceOf(Outcome.Issued.class);
      assertThat(calls(URI.create("http://127.0.0.1:" + port)))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              refused -> assertThat(refused.sentence()).contains("wants a user and a password"));
    } finally {
      stop(proxy);
    }
  }

  private Outcome calls(URI proxy) throws Exception {
    var certificate = new TestCertificate(folder, "dns:localhost");
    try (var server =
            new ScriptedServer(certificate.listeners(), (_, _) -> answer(200, StsXml.role()));
        var sts = new StsCalls()) {
      return sts.role(
          new ServiceTarget(
              "eu-west-1",
              Optional.of(URI.create("https://localhost:" + server.port())),
              false,
              false,
              Optional.of(certificate.pem()),
              Optional.of(proxy)));
    }
  }

  private Process start(List<String> command, int port) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("proxy.log").toFile())
            .start();
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .until(() -> {
          try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
          }
        });
    return process;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    int _ = process.waitFor();
  }
}
