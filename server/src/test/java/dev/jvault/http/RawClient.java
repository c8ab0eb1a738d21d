package dev.jvault.http;

import dev.jvault.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends exact bytes to a loopback port and reads the response. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;

  /** Connects. */
  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Patience.LIMIT.toMillis());
  }

  /** Sends a request and returns the whole response; the request must make the server close. */
  public static String exchange(int port, String request) throws IOException {
    try (var client = new RawClient(port)) {
      client.send(request);
      return client.readAll();
    }
  }

  /** Sends bytes. */
  public void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads until the server closes. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Reads one response with a Content-Length and leaves the connection open. */
  public String readAnswer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var in = socket.getInputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new EOFException("closed before an answer");
      }
      bytes.write(one);
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
    int length = Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
