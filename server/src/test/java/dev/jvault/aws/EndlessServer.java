package dev.jvault.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** A loopback server that poses as AWS and sends a body without end, or of two GiB. */
final class EndlessServer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String head;
  private final byte[] part;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();

  /** A server that answers each request with this status and these headers. */
  EndlessServer(int status, String headers) throws IOException {
    this(status, headers, "<a>canary</a>".repeat(500).getBytes(US_ASCII));
  }

  /** The same with another body, which it repeats. */
  EndlessServer(int status, String headers, byte[] part) throws IOException {
    this.part = part;
    head = "HTTP/1.1 " + status + " X\r\nContent-Type: text/xml\r\n" + headers + "\r\n\r\n";
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many bytes it could send before its client went away, in all connections. */
  long sent() {
    return sent.get();
  }

  long connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    boolean chunked = head.contains("chunked");
    try (socket) {
      int _ = socket.getInputStream().read(new byte[64 << 10]);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(US_ASCII));
      while (!listener.isClosed()) {
        if (chunked) {
          out.write((Integer.toHexString(part.length) + "\r\n").getBytes(US_ASCII));
        }
        out.write(part);
        if (chunked) {
          out.write("\r\n".getBytes(US_ASCII));
        }
        sent.addAndGet(part.length);
      }
    } catch (IOException _) {
      // The client has had enough.
    }
  }
}
