package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.e2e.CurlClient.Response;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Relays with names that nobody knows carry the connections of a container and of another user to
 * instance metadata, and get nothing. A server on all addresses that asks for itself gets an answer
 * while it serves the same container.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RelayIT {
  private static final String HOST = "172.18.0.1";
  private static final int PORT = 8000;
  private static final String FORGED = "-HHost: 127.0.0.1";

  /** Passes on each connection, in both directions. */
  private static final String PYTHON_RELAY =
      """
      import socket, sys, threading
      def pump(a, b):
          while data := a.recv(65536):
              b.sendall(data)
          b.shutdown(socket.SHUT_WR)
      listener = socket.create_server(("", int(sys.argv[1])))
      while True:
          client, _ = listener.accept()
          server = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
          threading.Thread(target=pump, args=(client, server), daemon=True).start()
          threading.Thread(target=pump, args=(server, client), daemon=True).start()
      """;

  /** Asks instance metadata as SDKs do, once for each request that it gets. */
  private static final String PYTHON_SERVER =
      """
      import http.server, sys, urllib.request
      base = "http://127.0.0.1:" + sys.argv[2] + "/latest/"
      def ask(path, **more):
          request = urllib.request.Request(base + path, **more)
          return urllib.request.urlopen(request).read().decode()
      class Server(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          def do_GET(self):
              token = ask("api/token", method="PUT",
                  headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
              role = ask("meta-data/iam/security-credentials/",
                  headers={"X-aws-ec2-metadata-token": token}).encode()
              self.send_response(200)
              self.send_header("Content-Length", str(len(role)))
              self.end_headers()
              self.wfile.write(role)
      http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Server).serve_forever()
      """;

  private Listeners listeners;
  private NetworkNamespace host;
  private NetworkNamespace container;
  private final List<Process> relays = new ArrayList<>();

  @BeforeAll
  void start() throws IOException {
    listeners = new Listeners();
    host = new NetworkNamespace(listeners.jvault());
    container = new NetworkNamespace(listeners.jvault());
    host.cable("bridge", container, "eth0");
    host.up("bridge", HOST + "/16");
    container.up("eth0", "172.18.0.2/16");
    listeners.moveTo(host);
  }

  @AfterEach
  void end() {
    for (Process relay : relays) {
      relay.descendants().forEach(ProcessHandle::destroyForcibly);
      relay.destroyForcibly();
    }
    await().until(() -> relays.stream().noneMatch(Process::isAlive));
    relays.clear();
  }

  @AfterAll
  void stop() {
    listeners.close();
    container.close();
    host.close();
  }

  @Test
  @Attack("relays")
  void aRelayOfAnyNameThatForksCarriesNothing() throws IOException {
    relay("TCP-LISTEN:" + PORT + ",reuseaddr,fork", "TCP:127.0.0.1:" + listeners.imds());
    nothing(at(container), HOST);
    nothing(at(host).asAnotherUser(), "127.0.0.1");
  }

  @Test
  @Attack("relays")
  void aRelayOfAnyNameThatEndsWithItsConnectionCarriesNothing() throws IOException {
    String from = "TCP-LISTEN:" + PORT + ",reuseaddr";
    relay(from, "TCP:127.0.0.1:" + listeners.imds());
    refused(token(at(container), HOST));
  }

  @Test
  @Attack("relays")
  void aRelayInOneProcessCarriesNothing() {
    python(PYTHON_RELAY);
    nothing(at(container), HOST);
    nothing(at(host).asAnotherUser(), "127.0.0.1");
  }

  @Test
  void aServerOnAllAddressesAsksForItselfWhileItServesOthers() {
    python(PYTHON_SERVER);
    for (CurlClient client : List.of(at(container), at(host).asAnotherUser(), at(host))) {
      assertThat(client.send("http://" + HOST + ":" + PORT)).returns("main", Response::body);
    }
  }

  private void relay(String... words) throws IOException {
    Path socat = listeners.jvault().home().resolve("mysocat");
    String found =
        listeners
            .jvault()
            .finish(
                listeners.jvault().startCommand(Map.of(), List.of("sh", "-c", "command -v socat")),
                "socat")
            .ok();
    Files.copy(
        Path.of(found.strip()),
        socat,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    relays.add(host.start(socat.toString(), words[0], words[1]));
    awaitListener();
  }

  private void python(String program) {
    relays.add(host.start("python3", "-c", program, "" + PORT, "" + listeners.imds()));
    awaitListener();
  }

  /** Looks at the kernel's table: a connection would use up a relay that takes only one. */
  private void awaitListener() {
    var words = new ArrayList<>(host.place());
    words.addAll(List.of("ss", "-Hltn", "sport", "=", ":" + PORT));
    await()
        .until(() ->
            !listeners
                .jvault()
                .finish(listeners.jvault().startCommand(Map.of(), words), "ss")
                .ok()
                .isBlank());
  }

  private Response token(CurlClient client, String name) {
    return client.send(
        "http://" + name + ":" + PORT + "/latest/api/token",
        "-XPUT",
        "-HX-aws-ec2-metadata-token-ttl-seconds: 60",
        FORGED);
  }

  private void nothing(CurlClient client, String name) {
    refused(token(client, name));
    String session = at(host).session(listeners);
    refused(
        client.send(
            "http://" + name + ":" + PORT + "/latest/meta-data/iam/security-credentials/main",
            "-HX-aws-ec2-metadata-token: " + session,
            FORGED));
  }

  private static void refused(Response response) {
    assertThat(response.status()).as(response.body()).isEqualTo(403);
    assertThat(response.body()).doesNotContain("ASIA", "main");
  }

  private CurlClient at(NetworkNamespace place) {
    return new CurlClient(listeners.jvault(), place.place());
  }
}
