package dev.jvault.sso;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import dev.jvault.sso.RedirectListener.AuthorizationResponse;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
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
  void listen() throws IOException {
    listener = new RedirectListener(Secret.of("right"));
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
    assertThat(exchange("POST", target, host())).startsWith("HTTP/1.1 404 ");
    assertThat(exchange("GET", target, "rebound.example:" + port())).startsWith("HTTP/1.1 404 ");
    assertThat(listener.await(NOW)).isEmpty();
  }

  @Test
  @Attack("login-redirect")
  void listensOnLoopbackOnly() {
    assertThat(listener.uri()).matches("http://127\\.0\\.0\\.1:\\d+/oauth/callback");
  }

  private String get(String target) throws IOException {
    return exchange("GET", target, host());
  }

  private String exchange(String method, String target, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, target, host)
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
