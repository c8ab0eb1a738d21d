package dev.jvault.http;

/**
 * One method on all paths that begin with a prefix.
 *
 * @param method an HTTP method in capitals
 * @param prefix begins and ends with a slash
 * @param handler answers; runs on a virtual thread and may block
 */
public record Route(String method, String prefix, Handler handler) {
  /** Answers one request. */
  @FunctionalInterface
  public interface Handler {
    /** The answer; an exception becomes a constant 500. */
    Answer handle(Request request);
  }

  boolean covers(String path) {
    return path.startsWith(prefix) && path.length() > prefix.length();
  }
}
