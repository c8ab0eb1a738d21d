package dev.jvault.http;

import java.util.function.Predicate;

/**
 * One method on some paths.
 *
 * @param method an HTTP method in capitals
 * @param prefix the start of the paths
 * @param tail accepts the part of a path after the prefix
 * @param handshake whether clients use the route before they have a token: such a route needs none
 *     and ignores a body; every other route refuses a body
 * @param handler responds; runs on a virtual thread and may block
 */
public record Route(
    String method, String prefix, Predicate<String> tail, boolean handshake, Handler handler) {
  /** Responds to a request. */
  @FunctionalInterface
  public interface Handler {
    /** The response; an exception becomes a constant 500. */
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
