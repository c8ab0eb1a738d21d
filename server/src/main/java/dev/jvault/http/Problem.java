package dev.jvault.http;

import dev.jvault.json.JsonText;

/**
 * An error response in a form that every SDK shows: JavaScript and Kotlin read {@code Code} and
 * {@code Message}, Java and Go read {@code code} and {@code message}.
 *
 * @param status the HTTP status; Java, Go and Rust retry 5xx, but not 4xx
 * @param code a word for programs
 * @param message a sentence for the user
 */
public record Problem(int status, String code, String message) {
  static final Problem BAD_REQUEST = new Problem(400, "BadRequest", "The request is malformed.");
  static final Problem UNAUTHORIZED =
      new Problem(401, "Unauthorized", "The authorization token is missing or wrong.");
  static final Problem FORBIDDEN =
      new Problem(403, "Forbidden", "This endpoint answers programs of this user only.");
  static final Problem NOT_FOUND = new Problem(404, "NotFound", "There is nothing at this path.");
  static final Problem METHOD_NOT_ALLOWED =
      new Problem(405, "MethodNotAllowed", "This path does not take that method.");
  static final Problem BODY = new Problem(413, "BodyNotAllowed", "Requests here have no body.");
  static final Problem FAULT =
      new Problem(500, "InternalError", "jvault failed; `jvault log` has the reason.");

  /**
   * The response. Its {@code Content-Type} has no charset, because Go and Kotlin compare it
   * exactly.
   */
  public HttpResponse response() {
    return HttpResponse.of(status, "application/json", body());
  }

  private byte[] body() {
    return JsonText.object(json -> {
      JsonText.member(json, "Code", code);
      JsonText.member(json, "Message", message);
      JsonText.member(json, "code", code);
      JsonText.member(json, "message", message);
    });
  }
}
