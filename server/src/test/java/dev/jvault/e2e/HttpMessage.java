package dev.jvault.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request or a response as it is on the wire, its length told by {@code Content-Length}.
 *
 * @param head all up to the empty line, which is its end; empty at the end of a connection
 */
record HttpMessage(String head, byte[] body) {
  static HttpMessage read(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        break;
      }
    }
    String length = header(head.toString(), "content-length");
    return new HttpMessage(
        head.toString(), in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)));
  }

  static HttpMessage answer(String type, String text, String... headers) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
            .formatted(type, body.length);
    for (String header : headers) {
      head += header + "\r\n";
    }
    return new HttpMessage(head + "\r\n", body);
  }

  /** A request's path and query. */
  String target() {
    return head.split(" ", 3)[1];
  }

  /** A response's status. */
  int status() {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  boolean has(String header) {
    return Pattern.compile("(?im)^" + header).matcher(head).find();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private static String header(String head, String name) {
    Matcher found = Pattern.compile("(?im)^" + name + ":\\s*(.*?)\\s*$").matcher(head);
    return found.find() ? found.group(1) : "";
  }
}
