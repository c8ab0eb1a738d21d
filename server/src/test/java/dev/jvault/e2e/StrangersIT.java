package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.e2e.CurlClient.Response;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Other users, other hosts and containers try each listener of a daemon and get nothing, although
 * they have the right tokens. The daemon's own user gets answers to the same requests. The daemon
 * and all clients run in network namespaces.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrangersIT {
  private static final int REFUSED = 7;
  private static final int CLOSED = 52;
  private static final int SEND_FAILED = 55;
  private static final int RESET = 56;
  private static final int TIMED_OUT = 28;
  private static final String FORGED = "-HHost: 127.0.0.1";

  private Listeners listeners;
  private NetworkNamespace host;
  private NetworkNamespace other;
  private NetworkNamespace container;
  private CurlClient own;
  private String session;

  @BeforeAll
  void start() throws IOException {
    listeners = new Listeners();
    Jvault jvault = listeners.jvault();
    host = new NetworkNamespace(jvault);
    other = new NetworkNamespace(jvault);
    container = new NetworkNamespace(jvault);
    host.cable("lan", other, "lan");
    host.up("lan", "10.66.0.1/24", "fd00:66::1/64");
    other.up("lan", "10.66.0.2/24", "fd00:66::2/64");
    host.run("ip", "link", "add", "bridge", "type", "bridge");
    host.up("bridge", "172.18.0.1/16");
    host.cable("port", container, "eth0");
    host.run("ip", "link", "set", "port", "master", "bridge", "up");
    container.up("eth0", "172.18.0.2/16");
    container.run("ip", "route", "add", "default", "via", "172.18.0.1");
    listeners.moveTo(host);
    own = at(host);
    session = own.session(listeners);
  }

  @AfterAll
  void stop() {
    listeners.close();
    container.close();
    other.close();
    host.close();
  }

  @AfterEach
  void theOwnUserGetsAnswersAndTheLogStaysSilent() throws IOException {
    List<Response> credentials = own.container(listeners, "127.0.0.1");
    assertThat(credentials).extracting(Response::status).containsExactly(401, 401, 200, 200);
    assertThat(credentials.getLast().body()).contains("\"AccessKeyId\":\"ASIA");
    List<Response> metadata = own.imds(listeners, "[::1]", session);
    assertThat(metadata).extracting(Response::status).containsOnly(200);
    assertThat(metadata.getLast().body()).contains("\"AccessKeyId\":\"ASIA");
    assertThat(listeners.log())
        .doesNotContain(listeners.token(), session, metadata.getFirst().body(), "ASIA", "ERROR");
  }

  @Test
  @Attack("uid-at-the-gate")
  void anotherUserIsNotAnswered() {
    for (String name : List.of("127.0.0.1", "[::1]", "localhost")) {
      cutOff(own.asAnotherUser(), name);
    }
  }

  @Test
  @Attack("uid-at-the-gate")
  void anotherUserWhoIsRootInANamespaceIsNotAnswered() {
    cutOff(own.asAnotherUser().asRootOfAUserNamespace(), "127.0.0.1");
  }

  /** Once, 600 of these rolled both files of the log over. */
  @Test
  @Attack("log")
  void anotherUserWritesNothingIntoTheLog() throws IOException {
    Path old = listeners.jvault().log().resolveSibling("jvault.log.1");
    long before = Files.size(listeners.jvault().log());
    String script =
        """
        trap '' PIPE  # The daemon closes the connection before it reads anything.
        forged=$(printf '\\302\\205canary\\302\\233' && printf 'x%.0s' {1..7000})
        for round in {1..600}; do
          for port in "$@"; do
            exec 3<>"/dev/tcp/127.0.0.1/$port" || continue
            printf 'GET /x HTTP/1.1\\r\\nHost: [%s\\r\\n\\r\\n' "$forged" >&3 2>/dev/null
            read -r -t 1 _ <&3 2>/dev/null
            exec 3>&-
          done
        done
        true
        """;
    var words = new ArrayList<>(own.asAnotherUser().place());
    words.addAll(List.of("bash", "-c", script, "flood"));
    listeners.ports().forEach(port -> words.add(Integer.toString(port)));
    Process flood = listeners.jvault().startCommand(Map.of(), words);
    assertThat(listeners.jvault().finish(flood, "flood").exit()).isZero();

    assertThat(old).doesNotExist();
    assertThat(listeners.log()).doesNotContain("canary", "xxxx");
    assertThat(Files.size(listeners.jvault().log()) - before).isLessThan(2_000);
  }

  @Test
  @Attack("control-socket")
  void anotherUserCannotReachTheControlSocket() throws IOException {
    Path socket = listeners.jvault().folder().resolve("run/control.sock");
    List<Path> way =
        List.of(listeners.jvault().home(), listeners.jvault().folder(), socket.getParent());
    CurlClient stranger = own.asAnotherUser();
    assertThat(stranger.send("http://jvault/verbs/status", "-XPOST", "--unix-socket", "" + socket))
        .returns(REFUSED, Response::exit);
    for (Path folder : way) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (String question : List.of("verbs/status", "verbs/recovery-key", "conversations/1", "")) {
      Response response =
          stranger.send("http://jvault/" + question, "-XPOST", "--unix-socket", "" + socket);
      // If the daemon is faster than curl, curl says that it could not connect.
      assertThat(response.exit()).isIn(REFUSED, CLOSED, SEND_FAILED, RESET);
      assertThat(response.body()).isEmpty();
    }
    for (Path folder : way) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(listeners.jvault().run("status").ok()).contains("IMDSv1 is on");
  }

  @Test
  @Attack("loopback-only")
  void anotherHostFindsNoListener() {
    for (String address : List.of("10.66.0.1", "[fd00:66::1]", "127.0.0.1", "[::1]")) {
      unreachable(at(other), address, REFUSED);
    }
  }

  @Test
  @Attack("loopback-only")
  void anotherHostIsForbiddenEvenIfLoopbackIsRouted() {
    try (var neighbour = new NetworkNamespace(listeners.jvault())) {
      host.cable("next", neighbour, "lan");
      host.up("next", "10.67.0.1/24");
      neighbour.up("lan", "10.67.0.2/24");
      neighbour.run("ip", "address", "flush", "dev", "lo");
      neighbour.run("ip", "route", "add", "127.0.0.0/8", "via", "10.67.0.1");
      neighbour.routeLoopback("lan");
      unreachable(at(neighbour), "127.0.0.1", TIMED_OUT, "-m1");
      host.routeLoopback("next");
      forbidden(at(neighbour), "127.0.0.1");
      host.run(
          "nft",
          """
          table ip strangers {
            chain prerouting {
              type nat hook prerouting priority dstnat
              iifname "next" ip daddr 10.67.0.1 dnat to 127.0.0.1
            }
          }
          """);
      forbidden(at(neighbour), "10.67.0.1");
      forbidden(at(neighbour), "10.67.0.1", FORGED);
    }
  }

  @Test
  @Attack("container-networks")
  void aContainerFindsNoListenerAtItsGateway() {
    for (String address : List.of("172.18.0.1", "127.0.0.1", "[::1]")) {
      unreachable(at(container), address, REFUSED);
    }
  }

  @Test
  @Attack({"container-networks", "forwarders"})
  void aContainerBehindARelayOfThisUserNeedsAToken() {
    List<Process> relays =
        listeners.ports().stream()
            .map(port ->
                host.start(
                    "socat",
                    "TCP-LISTEN:" + port + ",bind=172.18.0.1,fork",
                    "TCP:127.0.0.1:" + port))
            .toList();
    try {
      for (int port : listeners.ports()) {
        await().until(() -> at(container).send("http://172.18.0.1:" + port).status() > 0);
      }
      behindForwarder(at(container), "172.18.0.1");
    } finally {
      relays.forEach(Process::destroy);
    }
  }

  @Test
  @Attack({"container-networks", "forwarders"})
  void aRootlessContainerNeedsAToken() {
    try (NetworkNamespace rootless = host.rootless()) {
      Process _ = host.start("slirp4netns", "--configure", Long.toString(rootless.pid()), "tap0");
      await().until(() -> at(rootless).send("http://10.0.2.2:" + listeners.imds()).status() > 0);
      behindForwarder(at(rootless), "10.0.2.2");
    }
  }

  private CurlClient at(NetworkNamespace place) {
    return new CurlClient(listeners.jvault(), place.place());
  }

  private List<Response> all(CurlClient stranger, String name, String... more) {
    var responses = new ArrayList<>(stranger.container(listeners, name, more));
    responses.addAll(stranger.imds(listeners, name, session, more));
    return responses;
  }

  private void forbidden(CurlClient stranger, String name, String... more) {
    assertThat(all(stranger, name, more))
        .allSatisfy(response -> assertThat(response.status()).isEqualTo(403))
        .allSatisfy(StrangersIT::saysNothing);
  }

  /** Checks that the connection ended without a byte of an answer. */
  private void cutOff(CurlClient stranger, String name) {
    assertThat(all(stranger, name))
        .allSatisfy(
            response -> assertThat(response.exit()).isIn(REFUSED, CLOSED, SEND_FAILED, RESET))
        .allSatisfy(response -> assertThat(response.body()).isEmpty());
  }

  private void unreachable(CurlClient stranger, String name, int exit, String... more) {
    assertThat(all(stranger, name, more))
        .allSatisfy(response -> assertThat(response.exit()).isEqualTo(exit))
        .allSatisfy(response -> assertThat(response.body()).isEmpty());
  }

  /** Containers need a token; on a listener without tokens, the gate refuses forwarders. */
  private void behindForwarder(CurlClient stranger, String name) {
    forbidden(stranger, name);
    assertThat(stranger.imds(listeners, name, session, FORGED))
        .allSatisfy(response -> assertThat(response.status()).isEqualTo(403))
        .allSatisfy(StrangersIT::saysNothing);
    List<Response> responses = stranger.container(listeners, name, FORGED);
    assertThat(responses).extracting(Response::status).containsExactly(401, 401, 200, 200);
    assertThat(responses.subList(0, 2)).allSatisfy(StrangersIT::saysNothing);
  }

  /** Checks that the body is one of three constant texts, without keys or names. */
  private static void saysNothing(Response response) {
    assertThat(response.body())
        .containsAnyOf(
            "\"Message\":\"This endpoint answers programs of this user only.\"",
            "\"Message\":\"The authorization token is missing or wrong.\"",
            "<title>403 - Forbidden</title>")
        .doesNotContain("ASIA", "main", "child", "Developer")
        .hasSizeLessThan(500);
  }
}
