package dev.jvault.e2e;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy in front of the stand-in for STS: it adds the real service's delay, or refuses. */
final class StsFront implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

  private final ServerSocket listener;
  private final URI behind;
  private final Duration delay;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<Refusal>> refusal =
      new AtomicReference<>(Optional.empty());

  /** An error response of AWS. */
  private record Refusal(int status, String code, String message, String headers) {
    byte[] bytes() {
      String xml =
          "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
              + "<Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"
                  .formatted(code, message)
              + "<RequestId>0</RequestId></ErrorResponse>";
      return answer(status, headers, xml);
    }
  }

  StsFront(URI behind, Duration delay) throws IOException {
    this.behind = behind;
    this.delay = delay;
    this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Refuses every call from now on. */
  void refuse(int status, String code, String message, String... headers) {
    refusal.set(Optional.of(new Refusal(status, code, message, String.join("\r\n", headers))));
  }

  void refuseNoMore() {
    refusal.set(Optional.empty());
  }

  /** The actions that were called, in order. */
  List<String> actions() {
    return actions;
  }

  @Override
  public void close() {
    try {
      listener.close();
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
      Matcher action = ACTION.matcher(body);
      actions.add(action.find() ? action.group(1) : "?");
      LockSupport.parkNanos(delay.toNanos());
      Optional<Refusal> refused = refusal.get();
      socket.getOutputStream().write(refused.isPresent() ? refused.get().bytes() : ask(head, body));
    } catch (IOException _) {
      // Some tests kill the daemon during a call.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] ask(String head, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(behind)
            .header("Authorization", header(head, "authorization"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer(answer.statusCode(), "", answer.body());
  }

  private static byte[] answer(int status, String headers, String body) {
    String text =
        "HTTP/1.1 %d X\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n%s"
            .formatted(
                status,
                body.getBytes(StandardCharsets.UTF_8).length,
                headers.isEmpty() ? "" : headers + "\r\n",
                body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private static int length(String head) {
    String value = header(head, "content-length");
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }

  private static String header(String head, String name) {
    Matcher found = Pattern.compile("(?im)^" + name + ":\\s*(.*?)\\s*$").matcher(head);
    return found.find() ? found.group(1) : "";
  }
}
