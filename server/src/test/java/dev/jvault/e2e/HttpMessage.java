package dev.jvault.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request or a response in its wire form, one character for each byte. {@code Content-Length}
 * gives the length of its body.
 *
 * @param head everything up to and including the empty line; less if the connection ended
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

  /** A response with status 200. */
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

  /** Whether a header line starts with this text: a name, or a name and value. */
  boolean has(String header) {
    return Pattern.compile("(?im)^" + header).matcher(head).find();
  }

  byte[] bytes() {
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
