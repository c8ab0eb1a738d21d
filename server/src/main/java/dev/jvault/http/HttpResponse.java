package dev.jvault.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The response of a route: a status, headers and a whole body. */
public final class HttpResponse {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte[] body;

  private HttpResponse(int status, String contentType, byte[] body) {
    this.status = status;
    this.body = body;
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
  }

  /** A response with this body. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(status, contentType, body);
  }

  /** A response of plain text. */
  public static HttpResponse text(int status, String body) {
    return of(status, "text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a header to this response. */
  public HttpResponse with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
