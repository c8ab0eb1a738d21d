package dev.jvault.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One request for credentials as an SDK sends it: from this process, with the token of a file, and
 * without a proxy, because SDKs ask loopback without one.
 */
final class EndpointRequest {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  private final String program;

  /**
   * Requests of this program.
   *
   * @param program its version
   */
  EndpointRequest(String program) {
    this.program = program;
  }

  /**
   * Makes the request that the daemon describes, and reports it: the HTTP status and the body, or 0
   * and why there was no answer, one below the other.
   *
   * @param description the URI and the path of the token file, one a line
   */
  byte[] report(String description) {
    List<String> lines = description.lines().toList();
    try {
      Response response = get(URI.create(lines.get(0)), Path.of(lines.get(1)));
      byte[] status = (response.status() + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] body = response.body();
      byte[] report = Arrays.copyOf(status, status.length + body.length);
      System.arraycopy(body, 0, report, status.length, body.length);
      Arrays.fill(body, (byte) 0);
      return report;
    } catch (IOException | RuntimeException e) {
      return ("0\n" + e.getMessage()).getBytes(StandardCharsets.UTF_8);
    }
  }

  private Response get(URI uri, Path tokenFile) throws IOException {
    String token = Files.readString(tokenFile);
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      String head =
          ("GET " + uri.getRawPath() + " HTTP/1.1\r\n")
              + ("Host: " + uri.getAuthority() + "\r\n")
              + ("Authorization: " + token + "\r\n")
              + "Accept: application/json\r\n"
              + ("User-Agent: jvault-doctor/" + program + "\r\n")
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      return new ResponseReader(new BufferedInputStream(socket.getInputStream())).read();
    }
  }
}
