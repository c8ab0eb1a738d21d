package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/** A control socket that plays back answers in order and remembers what was asked. */
final class FakeDaemon implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Path socket;
  private final Queue<String> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  FakeDaemon(Path home) {
    this(home, "control.sock");
  }

  /** A daemon whose socket has another name at first. */
  FakeDaemon(Path home, String name) {
    try {
      Path run = Files.createDirectories(home.resolve("run"));
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
      socket = run.resolve(name);
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** An answer in full. */
  FakeDaemon thenRaw(String answer) {
    answers.add(answer);
    return this;
  }

  /** A 200 with the given exit status, message (URL-encoded) and body. */
  FakeDaemon then(int exit, String message, String body) {
    return thenRaw(
        head("200 OK")
            + (Routes.EXIT + ": " + exit + "\r\n")
            + (message.isEmpty() ? "" : Routes.MESSAGE + ": " + message + "\r\n")
            + sized(body));
  }

  /** A 202 with a question. */
  FakeDaemon thenAsks(String kind, String echo, String text) {
    return thenRaw(
        head("202 Accepted")
            + (Routes.CONVERSATION + ": c1\r\n")
            + (Routes.QUESTION + ": " + kind + "\r\n")
            + (Routes.ECHO + ": " + echo + "\r\n")
            + sized(text));
  }

  /** Method, path and body of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  static String head(String status) {
    return "HTTP/1.1 " + status + "\r\nJvault-Protocol: 1\r\nJvault-Program: 0.1.0\r\n";
  }

  static String sized(String body) {
    return "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        answer(channel);
      } catch (IOException _) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      head.append((char) b);
    }
    int at = head.indexOf("Content-Length: ");
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
    String body = new String(in.readNBytes(length), UTF_8);
    requests.add(head.substring(0, head.indexOf(" HTTP/1.1")) + " " + body);
    String answer = answers.poll();
    if (answer != null) {
      channel.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
    }
  }
}
