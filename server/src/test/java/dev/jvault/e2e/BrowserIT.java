package dev.jvault.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.e2e.ReboundServer.Exchange;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A web page in a browser of the daemon's own user tries each listener in each way that a page has
 * and gets nothing: by loopback addresses, by a rebound name, and as the listener's own origin. The
 * page knows the tokens. The same ways do work with an unprotected server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserIT {
  private static final String REBOUND = Browser.REBOUND;
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final String LEAVE = "/page/leave";
  private static final String OPEN = "open to everybody";
  private static final long LONGEST_SECONDS = 110;

  /** A way in which the page can see the response's content, not only that there was one. */
  private static final Set<String> TELLING_CONTENT = Set.of("script", "module", "style", "image");

  /** One line of the page's report. */
  private record Attempt(String way, String url, String saw) {
    static Attempt of(String line) {
      String[] parts = line.split(" ", 3);
      return new Attempt(parts[0], parts[1], parts[2]);
    }
  }

  private Listeners listeners;
  private String session;
  private List<String> paths;

  /** The rebound servers of the listeners, in the same order. */
  private List<ReboundServer> rebound;

  private ReboundServer open;

  @BeforeAll
  void start() throws IOException {
    listeners = new Listeners();
    session = new CurlClient(listeners.jvault(), List.of()).session(listeners);
    paths = List.of(listeners.path(), ROLES + "main", ROLES + "Developer");
    rebound = new ArrayList<>();
    for (int port : listeners.ports()) {
      rebound.add(new ReboundServer(ReboundServer.listener(port), this::page));
    }
    open =
        new ReboundServer(
            _ ->
                HttpMessage.ok(
                    "text/javascript",
                    "'" + OPEN + "'",
                    "Access-Control-Allow-Origin: *",
                    "Access-Control-Allow-Methods: *",
                    "Access-Control-Allow-Headers: *, Authorization"),
            this::page);
  }

  @AfterAll
  void stop() {
    open.close();
    rebound.forEach(ReboundServer::close);
    listeners.close();
  }

  @AfterEach
  void noListenerIssuedCredentials() throws IOException {
    List<Exchange> all = rebound.stream().flatMap(server -> server.exchanges().stream()).toList();
    rebound.forEach(server -> server.exchanges().clear());
    open.exchanges().clear();
    assertThat(all)
        .allSatisfy(exchange -> assertThat(exchange.answer().status()).isIn(401, 403, 404, 405))
        .allSatisfy(exchange -> assertThat(exchange.answer().body()).hasSizeLessThan(500));
    assertThat(all.stream().map(exchange -> exchange.answer().body()).distinct())
        .noneMatch(this::tells);
    assertThat(listeners.log()).doesNotContain(listeners.token(), session, "ASIA", "ERROR");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, open",
    REBOUND + ", open",
    REBOUND + ", container",
    REBOUND + ", imds",
    REBOUND + ", v1",
    "localhost, v1"
  })
  @Attack({"browser-headers", "dns-rebinding"})
  void aPageGetsNothing(String host, String place) throws InterruptedException {
    ReboundServer server = server(place);
    String origin = "http://" + host + ":" + server.port();
    String report;
    try (var _ = new Browser(listeners.jvault(), origin + "/page")) {
      report = server.reports().poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(report).as("the page reports").isNotNull();
    List<Attempt> attempts = requireNonNull(report).lines().map(Attempt::of).toList();
    List<Attempt> protectedAttempts =
        attempts.stream().filter(attempt -> !isOpen(attempt)).toList();
    assertThat(protectedAttempts)
        .hasSizeGreaterThan(300)
        .allSatisfy(attempt -> assertThat(attempt.saw()).matches("nothing.*|loaded|read .*"))
        .allSatisfy(attempt -> assertThat(tells(attempt.saw())).isFalse())
        // The text of a refusal, which only a page of the same origin may read.
        .filteredOn(attempt -> attempt.saw().startsWith("read"))
        .allSatisfy(attempt -> assertThat(attempt.url()).startsWith(origin + "/"));
    assertThat(protectedAttempts)
        .filteredOn(attempt -> TELLING_CONTENT.contains(attempt.way()))
        .allSatisfy(attempt -> assertThat(attempt.saw()).startsWith("nothing"));
    theSameWaysReachTheUnprotectedServer(attempts);
    assertThat(server == open || server.exchanges().stream().anyMatch(BrowserIT::onlyRebound))
        .as("a rebound page asks as an SDK does")
        .isEqualTo(!host.equals("localhost"));
  }

  private void theSameWaysReachTheUnprotectedServer(List<Attempt> attempts) {
    assertThat(attempts)
        .filteredOn(this::isOpen)
        .filteredOn(attempt -> attempt.saw().startsWith("read 200 '" + OPEN))
        .extracting(Attempt::way)
        .contains("fetch", "fetch-tokens", "fetch-post", "fetch-put", "fetch-delete", "request");
    assertThat(attempts)
        .filteredOn(this::isOpen)
        .filteredOn(attempt -> attempt.saw().matches("loaded|read .*"))
        .extracting(Attempt::way)
        .contains("script", "module", "style", "prefetch", "frame", "window", "beacon")
        .contains("fetch-opaque", "form-get", "form-post", "form-plain");
    List<HttpMessage> requests = open.exchanges().stream().map(Exchange::request).toList();
    for (String header :
        List.of("Upgrade: websocket", "Accept: image/", "Accept: text/event-stream")) {
      assertThat(requests).as(header).anyMatch(request -> request.has(header));
    }
  }

  /** Only its {@code Host} header distinguishes such a request from an SDK's, hence the check. */
  private static boolean onlyRebound(Exchange exchange) {
    return exchange.request().has("Host: " + REBOUND)
        && exchange.request().has("Authorization:")
        && Stream.of("Origin", "Referer", "Cookie", "Sec-").noneMatch(exchange.request()::has);
  }

  @Test
  @Attack("no-page")
  void aBrowserThatOpensTheListenerShowsNoCredentials() {
    String address = "http://127.0.0.1:" + listeners.v1() + ROLES + "Developer";
    assertThat(Browser.document(listeners.jvault(), address)).contains("403 - Forbidden");
    String relayed = "http://localhost:" + server("v1").port() + ROLES + "Developer";
    assertThat(Browser.document(listeners.jvault(), relayed)).contains("403 - Forbidden");
    String led = "http://" + REBOUND + ":" + open.port() + LEAVE;
    assertThat(Browser.document(listeners.jvault(), led)).contains("403 - Forbidden");
  }

  private ReboundServer server(String place) {
    return switch (place) {
      case "container" -> rebound.get(0);
      case "imds" -> rebound.get(1);
      case "v1" -> rebound.get(2);
      default -> open;
    };
  }

  private boolean isOpen(Attempt attempt) {
    return attempt.url().contains(":" + open.port() + "/");
  }

  private boolean tells(String text) {
    return Stream.of(listeners.token(), session, "ASIA", "AccessKeyId", "Developer", "awZ")
        .anyMatch(text::contains);
  }

  private String page(String path) {
    if (path.equals(LEAVE)) {
      return "<meta name=referrer content=no-referrer><script>location.replace('http://127.0.0.1:"
          + listeners.v1()
          + ROLES
          + "Developer')</script>";
    }
    return resource("stranger.html")
        .replace("@URLS@", urls().collect(Collectors.joining("\", \"", "\"", "\"")))
        .replace("@TOKEN@", listeners.token())
        .replace("@SESSION@", session);
  }

  private Stream<String> urls() {
    List<String> urls = new ArrayList<>();
    urls.add("http://127.0.0.1:" + open.port() + "/open");
    for (int i = 0; i < paths.size(); i++) {
      for (String host : List.of("127.0.0.1", "[::1]", REBOUND)) {
        urls.add("http://" + host + ":" + listeners.ports().get(i) + paths.get(i));
      }
      for (String host : List.of("127.0.0.1", "localhost", REBOUND)) {
        urls.add("http://" + host + ":" + rebound.get(i).port() + paths.get(i));
      }
    }
    return urls.stream();
  }

  private static String resource(String name) {
    try (InputStream in = requireNonNull(BrowserIT.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
