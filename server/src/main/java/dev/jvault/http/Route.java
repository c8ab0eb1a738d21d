package dev.jvault.http;

import java.util.function.Predicate;

/**
 * One method on some paths.
 *
 * @param method an HTTP method in capitals
 * @param prefix what the paths begin with
 * @param tail which continuations of the prefix are meant
 * @param handshake whether the route is what a client does before it has a token: it needs none,
 *     and a body is passed over; every other route takes no body
 * @param handler answers; runs on a virtual thread and may block
 */
public record Route(
    String method, String prefix, Predicate<String> tail, boolean handshake, Handler handler) {
  /** Answers one request. */
  @FunctionalInterface
  public interface Handler {
    /** The answer; an exception becomes a constant 500. */
    HttpResponse handle(Request request);
  }

  /** All paths below a prefix that ends with a slash. */
  public Route(String method, String prefix, Handler handler) {
    this(method, prefix, tail -> !tail.isEmpty(), false, handler);
  }

  /** One path. */
  public static Route exact(String method, String path, Handler handler) {
    return new Route(method, path, String::isEmpty, false, handler);
  }

  boolean covers(String path) {
    return path.startsWith(prefix) && tail.test(path.substring(prefix.length()));
  }
}
