package dev.jvault.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request or a response as it is on the wire, a character a byte, its length told by {@code
 * Content-Length}.
 *
 * @param head all up to the empty line, which is its end; less at the end of a connection
 */
record HttpMessage(String head, String body) {
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

  static HttpMessage read(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        break;
      }
    }
    Matcher length = LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new HttpMessage(head.toString(), new String(body, StandardCharsets.ISO_8859_1));
  }

  /** An answer that went well. */
  static HttpMessage ok(String type, String body, String... headers) {
    String more = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
    return new HttpMessage(
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(type, body.length(), more),
        body);
  }

  /** A request's path and query. */
  String target() {
    return head.split(" ", 3)[1];
  }

  /** A response's status. */
  int status() {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  /** Whether there is a header whose name, or name and value, begin so. */
  boolean has(String header) {
    return Pattern.compile("(?im)^" + header).matcher(head).find();
  }

  byte[] bytes() {
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
