package dev.jvault.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads an HTTP/1.1 response (RFC 9112) whose body has a Content-Length or ends with the
 * connection.
 */
final class ResponseReader {
  private static final int LONGEST_HEAD = 1 << 20;

  private final InputStream in;
  private Map<String, String> headers = Map.of();
  private int headBytes;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  /** Reads the whole response. */
  Response read() throws IOException {
    Response head = head();
    String length = head.header("Content-Length");
    if (length.isEmpty()) {
      return withBody(head, in.readAllBytes());
    }
    int count = number(length);
    byte[] body = in.readNBytes(count);
    if (body.length < count) {
      throw new EOFException("response cut off");
    }
    return withBody(head, body);
  }

  /** Reads the status line and the headers, but not the body. */
  Response head() throws IOException {
    String start = line();
    if (!start.startsWith("HTTP/1.1 ") || start.length() < 12) {
      throw new IOException("not an HTTP response");
    }
    var read = new HashMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        read.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    headers = read;
    return new Response(number(start.substring(9, 12)), headers, new byte[0]);
  }

  private Response withBody(Response head, byte[] body) {
    return new Response(head.status(), headers, body);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      headBytes++;
      if (b < 0 || headBytes > LONGEST_HEAD) {
        throw new EOFException("response cut off");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static int number(String digits) throws IOException {
    try {
      return Integer.parseUnsignedInt(digits);
    } catch (NumberFormatException e) {
      throw new IOException("not a number in an HTTP response", e);
    }
  }
}
