package dev.jvault.sso;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.http.Caller;
import dev.jvault.peer.PeerProcess;
import dev.jvault.secret.Secret;
import dev.jvault.sso.RedirectListener.AuthorizationResponse;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of the login page, and requests that only pretend to be one. */
final class RedirectListenerTest {
  private static final Duration NOW = Duration.ofMillis(50);

  private RedirectListener listener;

  @BeforeEach
  void listen() {
    listener = listen(true);
  }

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void acceptsTheCodeAndShowsAPageWithoutIt() throws Exception {
    String page = get("/oauth/callback?code=canary-code&state=right");

    assertThat(listener.await(NOW))
        .contains(new AuthorizationResponse.Code(Secret.of("canary-code")))
        .hasToString("Optional[Code[code=***]]");
    assertThat(page)
        .startsWith("HTTP/1.1 200 ")
        .contains("You can close this tab.", "no-store")
        .doesNotContain("canary-code");
  }

  @Test
  @Attack("login-redirect")
  void acceptsNoSecondResponse() throws Exception {
    get("/oauth/callback?code=first&state=right");
    assertThat(get("/oauth/callback?code=second&state=right")).startsWith("HTTP/1.1 410 ");
    assertThat(listener.await(NOW)).contains(new AuthorizationResponse.Code(Secret.of("first")));
    assertThat(listener.await(NOW)).isEmpty();
  }

  @Test
  void acceptsARefusal() throws Exception {
    get("/oauth/callback?error=access_denied&state=right");
    assertThat(listener.await(NOW)).contains(new AuthorizationResponse.Refused("access_denied"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/callback",
        "/oauth/callback?code=x",
        "/oauth/callback?code=x&state=wrong",
        "/oauth/callback?code=x&state=right&state=wrong",
        "/oauth/callback?error=access_denied",
        "/oauth/callback?state=right",
        "/oauth/callback?code=%zz&state=right",
        "/oauth/callback/?code=x&state=right",
        "/oauth/callback/../callback?code=x&state=right",
        "/OAuth/Callback?code=x&state=right",
        "/?code=x&state=right",
        "/favicon.ico"
      })
  @Attack("login-redirect")
  void refusesWhatIsNoResponseToThisLogin(String target) throws Exception {
    assertThat(get(target)).matches("(?s)HTTP/1.1 40[04] .*");
    assertThat(listener.await(NOW)).isEmpty();

    get("/oauth/callback?code=real&state=right");
    assertThat(listener.await(NOW)).contains(new AuthorizationResponse.Code(Secret.of("real")));
  }

  @Test
  @Attack("login-redirect")
  void refusesOtherMethodsAndHosts() throws Exception {
    String target = "/oauth/callback?code=x&state=right";
    assertThat(exchange("POST", target, host())).startsWith("HTTP/1.1 405 ");
    assertThat(exchange("GET", target, "rebound.example:" + port())).startsWith("HTTP/1.1 403 ");
    assertThat(listener.await(NOW)).isEmpty();
  }

  @Test
  @Attack("login-redirect")
  void listensOnLoopbackOnly() {
    assertThat(listener.uri()).matches("http://127\\.0\\.0\\.1:\\d+/oauth/callback");
  }

  @Test
  @Attack("login-command-line")
  void leadsToTheLoginPageOnceByTheAddressForACommandLine() throws Exception {
    String address = listener.addresses().once("https://page/?state=canary");
    assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}");
    assertThat(get(path(address)))
        .startsWith("HTTP/1.1 302 ")
        .contains("Location: https://page/?state=canary\r\n", "no-store", "no-referrer");
    assertThat(get(path(address)))
        .startsWith("HTTP/1.1 410 ")
        .contains("opened already")
        .doesNotContain("canary");
  }

  @Test
  void leadsToTheLoginPageByTheAddressForTheTerminalUntilTheLoginEnds() throws Exception {
    String address = listener.addresses().lasting("https://page/");
    for (int time = 0; time < 3; time++) {
      assertThat(get(path(address))).contains("Location: https://page/\r\n");
    }
    listener.close();
    assertThatThrownBy(() -> get(path(address))).isInstanceOf(IOException.class);
  }

  /** What Chromium, Firefox and Safari send, the last without {@code Sec-*} before 16.4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: a=b",
        "Referer: https://corp.awsapps.com/",
        "Upgrade-Insecure-Requests: 1",
        "sec-ch-ua: \"Chromium\"\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
            + "Sec-Fetch-User: ?1\r\nSec-Fetch-Dest: document"
      })
  void acceptsWhatABrowserSendsForAPageOfItsOwn(String header) throws Exception {
    String address = listener.addresses().once("https://page/");
    assertThat(exchange("GET", path(address), host(), header)).startsWith("HTTP/1.1 302 ");
    assertThat(exchange("GET", "/oauth/callback?code=x&state=right", host(), header))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Sec-Purpose: prefetch;prerender",
        "Sec-Fetch-Mode: cors",
        "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
        "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
        "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Mode: cors",
        "X-Forwarded-For: 10.0.0.1",
        "Forwarded: for=10.0.0.1",
        "Via: 1.1 proxy"
      })
  @Attack("login-redirect")
  void refusesWhatPagesAndProxiesSend(String header) throws Exception {
    String address = listener.addresses().once("https://page/");
    assertThat(exchange("GET", path(address), host(), header)).startsWith("HTTP/1.1 403 ");
    assertThat(exchange("GET", "/oauth/callback?code=x&state=right", host(), header))
        .startsWith("HTTP/1.1 403 ");
    assertThat(listener.await(NOW)).isEmpty();
    assertThat(get(path(address))).as("the address is still good").startsWith("HTTP/1.1 302 ");
  }

  @Test
  @Attack("uid-at-the-gate")
  void answersNobodyElse() throws Exception {
    try (RedirectListener guarded = listen(false)) {
      int port = URI.create(guarded.uri()).getPort();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThatThrownBy(() -> socket.getInputStream().read())
            .as("the end of a connection on which nothing was sent")
            .isInstanceOf(SocketException.class);
      }
      assertThat(guarded.await(NOW)).isEmpty();
    }
  }

  @Test
  @Attack("one-way-to-listen")
  void refusesLongHeadersAndBodies() throws Exception {
    String target = "/oauth/callback?code=x&state=right";
    assertThat(exchange("GET", target, host(), "Cookie: " + "a".repeat(30_000)))
        .startsWith("HTTP/1.1 200 ");
    assertThat(exchange("GET", target, host(), "Cookie: " + "a".repeat(70_000)))
        .startsWith("HTTP/1.1 431 ");
    assertThat(exchange("GET", target, host(), "Transfer-Encoding: chunked"))
        .startsWith("HTTP/1.1 4");
  }

  private static RedirectListener listen(boolean ownUser) {
    return new RedirectListener(
        java.util.OptionalInt.empty(), Secret.of("right"), (_, _) -> new SomeCaller(ownUser));
  }

  private record SomeCaller(boolean ownUser) implements Caller {
    @Override
    public long uid() {
      return 1_000;
    }

    @Override
    public boolean forwarded() {
      return true;
    }

    @Override
    public CompletableFuture<Optional<PeerProcess>> process() {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  private static String path(String address) {
    return URI.create(address).getPath();
  }

  private String get(String target) throws IOException {
    return exchange("GET", target, host());
  }

  private String exchange(String method, String target, String host, String... headers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                  .formatted(
                      method,
                      target,
                      host,
                      headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String host() {
    return "127.0.0.1:" + port();
  }

  private int port() {
    return URI.create(listener.uri()).getPort();
  }
}
