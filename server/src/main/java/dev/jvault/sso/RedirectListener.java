package dev.jvault.sso;

import dev.jvault.browser.BrowserPage;
import dev.jvault.browser.ShortAddresses;
import dev.jvault.http.Caller;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.PortTakenException;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.secret.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens on a port of 127.0.0.1 for the browser that returns from the login page (RFC 8252,
 * section 7.3), and leads it there. Accepts one response: the first with the right {@code state}.
 * Everything else is refused and changes nothing, because any web page can send a browser here.
 * Programs of other users get no answer at all.
 */
final class RedirectListener implements AutoCloseable {
  private static final String PATH = "/oauth/callback";

  private final ShortAddresses addresses;
  private final Secret state;
  private final BlockingQueue<AuthorizationResponse> accepted = new ArrayBlockingQueue<>(1);
  private final AtomicBoolean responded = new AtomicBoolean();

  /**
   * Starts to listen.
   *
   * @param port where; empty for any free port
   * @param state the value that the response must carry
   * @throws PortTakenException if the port is not free
   */
  RedirectListener(OptionalInt port, Secret state, Caller.Lookup callers) {
    this.state = state;
    this.addresses =
        new ShortAddresses(
            port.orElse(0),
            callers,
            new Route("GET", PATH, String::isEmpty, Route.Kind.PAGE, this::respond));
  }

  /** The redirect URI: where the login page sends the browser. */
  String uri() {
    return addresses.origin() + PATH;
  }

  /** Short addresses of this port, which lead to the login page. */
  ShortAddresses addresses() {
    return addresses;
  }

  /** The response, if it comes in time. */
  Optional<AuthorizationResponse> await(Duration limit) throws InterruptedException {
    return Optional.ofNullable(accepted.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Stops to listen. A page that is on its way still arrives. */
  @Override
  public void close() {
    addresses.close();
  }

  private HttpResponse respond(Request request) {
    Map<String, String> query = query(request.query());
    if (!hasState(query)) {
      return BrowserPage.of(400, "This does not belong to a login that is in progress.");
    }
    if (!responded.compareAndSet(false, true)) {
      return BrowserPage.of(410, "This login has been completed already.");
    }
    String code = query.getOrDefault("code", "");
    if (query.containsKey("error") || code.isEmpty()) {
      accepted.add(new AuthorizationResponse.Refused(query.getOrDefault("error", "")));
      return BrowserPage.failed(
          "The login was not completed", "The terminal says why. You can close this tab.");
    }
    accepted.add(new AuthorizationResponse.Code(Secret.of(code)));
    return BrowserPage.of(
        200,
        "Go back to your terminal",
        "jvault has its answer and finishes the login there. You can close this tab.");
  }

  private boolean hasState(Map<String, String> query) {
    return Secret.of(query.getOrDefault("state", "")).equals(state)
        && (query.containsKey("code") || query.containsKey("error"));
  }

  /** The parameters; none if one is repeated or malformed. */
  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw.isEmpty() ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      try {
        String value = pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "";
        if (query.put(pair[0], value) != null) {
          return Map.of();
        }
      } catch (IllegalArgumentException _) {
        return Map.of();
      }
    }
    return query;
  }

  /** What the browser brought back from the login page. */
  sealed interface AuthorizationResponse {
    /** The code to exchange for a token. */
    record Code(Secret code) implements AuthorizationResponse {}

    /**
     * There is no code.
     *
     * @param error an error code of RFC 6749, such as {@code access_denied}
     */
    record Refused(String error) implements AuthorizationResponse {}
  }
}
