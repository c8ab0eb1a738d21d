package dev.jvault.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a route answers: a status, headers and either a whole body or a stream. */
public final class Answer {
  /** Writes a body that has no end of its own. */
  @FunctionalInterface
  public interface Stream {
    /** Writes until there is nothing more or the reader is gone. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Stream body;
  private final long length;

  private Answer(int status, String contentType, Stream body, long length) {
    this.status = status;
    this.body = body;
    this.length = length;
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
  }

  /** An answer with a whole body. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, out -> out.write(body), body.length);
  }

  /** A text answer. */
  public static Answer text(int status, String body) {
    return of(status, "text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  /** A text answer that goes on until the reader leaves. */
  public static Answer stream(Stream body) {
    return new Answer(200, "text/plain", body, -1);
  }

  /** The same answer with one more header. */
  public Answer with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  Stream body() {
    return body;
  }

  /** In bytes; -1 where the body is a stream. */
  long length() {
    return length;
  }
}
