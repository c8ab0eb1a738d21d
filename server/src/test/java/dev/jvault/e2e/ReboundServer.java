package dev.jvault.e2e;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * Simulates DNS rebinding: an attacker's web server whose name now resolves to a listener of the
 * daemon. It serves its page and takes the page's report; all other requests go unchanged to the
 * listener, so that both have the same origin. It records requests and responses.
 */
final class ReboundServer implements AutoCloseable {
  private static final String REPORT = "/report";

  private final ServerSocket socket;
  private final Behind behind;
  private final UnaryOperator<String> pages;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

  /** Answers the page's requests. */
  @FunctionalInterface
  interface Behind {
    HttpMessage ask(HttpMessage request) throws IOException;
  }

  record Exchange(HttpMessage request, HttpMessage answer) {}

  /**
   * Starts a server on a free port.
   *
   * @param pages HTML by path; each path starts with {@code /page}
   */
  ReboundServer(Behind behind, UnaryOperator<String> pages) throws IOException {
    this.behind = behind;
    this.pages = pages;
    this.socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** A listener on 127.0.0.1. */
  static Behind listener(int port) {
    return request -> {
      try (var listener = new Socket(InetAddress.getLoopbackAddress(), port)) {
        listener.getOutputStream().write(request.bytes());
        return HttpMessage.read(new BufferedInputStream(listener.getInputStream()));
      }
    };
  }

  int port() {
    return socket.getLocalPort();
  }

  /** All requests that went to the listener, with their responses. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  /** The reports of this server's pages, in order. */
  BlockingQueue<String> reports() {
    return reports;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket browser = socket.accept();
        Thread.startVirtualThread(() -> serve(browser));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket browser) {
    try (browser) {
      InputStream in = new BufferedInputStream(browser.getInputStream());
      for (HttpMessage request = HttpMessage.read(in);
          request.head().endsWith("\r\n\r\n");
          request = HttpMessage.read(in)) {
        browser.getOutputStream().write(answer(request).bytes());
      }
    } catch (IOException _) {
      // A browser may close a connection at any time.
    }
  }

  private HttpMessage answer(HttpMessage request) throws IOException {
    if (request.target().startsWith("/page")) {
      return HttpMessage.ok("text/html", pages.apply(request.target()));
    }
    if (request.target().equals(REPORT)) {
      reports.add(request.body());
      return HttpMessage.ok("text/plain", "");
    }
    HttpMessage answer = behind.ask(request);
    exchanges.add(new Exchange(request, answer));
    return answer;
  }
}
