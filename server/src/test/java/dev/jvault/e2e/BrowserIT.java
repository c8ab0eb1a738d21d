package dev.jvault.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.e2e.ReboundServer.Exchange;
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
 * A page in a browser of the daemon's own user tries each listener, in each way that a page has,
 * and gets nothing: by loopback's addresses, by a name that was made to lead there, and as the
 * listener's own origin. The page knows the tokens. The same ways lead into an open server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserIT {
  private static final String REBOUND = Browser.REBOUND;
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final String LEAVE = "/page/leave";
  private static final String OPEN = "open to everybody";
  private static final long LONGEST_SECONDS = 110;

  /** Where one can tell what came from whether it came. */
  private static final Set<String> TELLING = Set.of("script", "module", "style", "image");

  private Listeners listeners;
  private String session;
  private List<String> paths;

  /** In front of the listeners, in their order. */
  private List<ReboundServer> rebound;

  private ReboundServer open;

  @BeforeAll
  void start() throws IOException {
    listeners = new Listeners();
    session = new Asker(listeners.jvault(), List.of()).session(listeners);
    paths = List.of(listeners.path(), ROLES + "main", ROLES + "Developer");
    rebound = new ArrayList<>();
    for (int port : listeners.ports()) {
      rebound.add(new ReboundServer(ReboundServer.listener(port), this::page));
    }
    open =
        new ReboundServer(
            _ ->
                HttpMessage.ok(
                    "text/javascript", "'" + OPEN + "'", "Access-Control-Allow-Origin: *"),
            this::page);
  }

  @AfterAll
  void stop() {
    open.close();
    rebound.forEach(ReboundServer::close);
    listeners.close();
  }

  @AfterEach
  void nothingWasHandedOut() throws IOException {
    List<Exchange> all = rebound.stream().flatMap(server -> server.exchanges().stream()).toList();
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
    "localhost, v1",
    "127.0.0.1, v1"
  })
  void aPageGetsNothing(String host, String place) throws InterruptedException {
    ReboundServer server = server(place);
    String origin = "http://" + host + ":" + server.port();
    String report;
    try (var _ = new Browser(listeners.jvault(), origin + "/page")) {
      report = server.reports().poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(report).as("the page reports").isNotNull();
    List<String[]> lines = requireNonNull(report).lines().map(line -> line.split(" ", 3)).toList();
    System.out.println(report);
    List<String[]> others =
        lines.stream().filter(line -> !line[1].contains(":" + open.port() + "/")).toList();
    assertThat(others)
        .hasSizeGreaterThan(300)
        .allSatisfy(line -> {
          String saw = line[2];
          assertThat(saw)
              .as(line[0] + " " + line[1])
              .matches("nothing|nothing late|loaded|read .*");
          assertThat(tells(saw)).as(saw).isFalse();
          if (saw.startsWith("read")) {
            assertThat(line[1]).as(line[0] + " " + saw).startsWith(origin + "/");
          }
          if (TELLING.contains(line[0])) {
            assertThat(saw).as(line[0] + " " + line[1]).startsWith("nothing");
          }
        });
  }

  @Test
  void somebodyWhoGoesThereSeesNothing() {
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
