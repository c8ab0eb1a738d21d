package dev.jvault.http;

import java.util.function.Predicate;

/**
 * One method on some paths.
 *
 * @param method an HTTP method in capitals
 * @param prefix the start of the paths
 * @param tail accepts the part of a path after the prefix
 * @param kind what a request needs besides the right host and caller
 * @param handler responds; runs on a virtual thread and may block
 */
public record Route(
    String method, String prefix, Predicate<String> tail, Kind kind, Handler handler) {
  /** What the gate demands of a request. */
  public enum Kind {
    /** A token, no body, and none of the headers that browsers send. */
    TOKEN,
    /**
     * Clients send it before they have a token, so it needs none; none of the headers that browsers
     * send. A body is left to the handler.
     */
    HANDSHAKE,
    /**
     * The user opens it as a page of its own in a browser. It needs no token, and no body; a page
     * cannot fetch it or contain it.
     */
    PAGE
  }

  /** Responds to a request. */
  @FunctionalInterface
  public interface Handler {
    /** The response; an exception becomes a constant 500. */
    HttpResponse handle(Request request);
  }

  /** All paths below a prefix that ends with a slash. */
  public Route(String method, String prefix, Handler handler) {
    this(method, prefix, tail -> !tail.isEmpty(), Kind.TOKEN, handler);
  }

  /** One path. */
  public static Route exact(String method, String path, Handler handler) {
    return new Route(method, path, String::isEmpty, Kind.TOKEN, handler);
  }

  boolean covers(String path) {
    return path.startsWith(prefix) && tail.test(path.substring(prefix.length()));
  }
}
