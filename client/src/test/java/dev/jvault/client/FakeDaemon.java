package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ProtocolVersion;
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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A control socket that plays back responses in order and records the requests. */
final class FakeDaemon implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Path socket;
  private final Queue<String> answers = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition requested = lock.newCondition();
  private final List<String> requests = new ArrayList<>();
  private long pid;
  private int closesAfter = Integer.MAX_VALUE;

  FakeDaemon(Path home) {
    this(home, "control.sock");
  }

  /** A daemon whose socket has this name at first. */
  FakeDaemon(Path home, String name) {
    this(home.resolve("run"), Path.of(name));
  }

  /** A daemon with its socket at this path, in a folder for the owner only. */
  static FakeDaemon at(Path socket) {
    return new FakeDaemon(socket.resolveSibling(""), socket.getFileName());
  }

  private FakeDaemon(Path folder, Path name) {
    this.socket = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** Lets later responses name this process; without it, they name none. */
  FakeDaemon runsAs(long process) {
    pid = process;
    return this;
  }

  /** Ends after the response to this request, counted from 1. */
  FakeDaemon endsAfter(int request) {
    closesAfter = request;
    return this;
  }

  /** Queues a complete response. */
  FakeDaemon thenRaw(String answer) {
    answers.add(answer);
    return this;
  }

  /** Queues a 200 with an exit status, a message and a body. */
  FakeDaemon then(int exit, String message, String body) {
    return thenRaw(
        head("200 OK")
            + (Routes.EXIT + ": " + exit + "\r\n")
            + process()
            + (Routes.MESSAGE_BYTES + ": " + message.getBytes(UTF_8).length + "\r\n")
            + sized(body + message));
  }

  /** Queues a 202 with a question. */
  FakeDaemon thenAsks(String kind, String echo, String text) {
    return thenRaw(
        head("202 Accepted")
            + (Routes.CONVERSATION + ": c1\r\n")
            + (Routes.QUESTION + ": " + kind + "\r\n")
            + (Routes.ECHO + ": " + echo + "\r\n")
            + sized(text));
  }

  /** Queues a refusal with a code and no sentence. */
  FakeDaemon thenRefuses(String status, ErrorCode code) {
    return thenRaw(head(status) + (Routes.ERROR + ": " + code.text() + "\r\n") + sized(""));
  }

  /** The method, path and body of each request. */
  List<String> requests() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  /** Waits at most 20 seconds for a request that begins with this text. */
  void awaitRequest(String beginning) {
    lock.lock();
    try {
      long left = TimeUnit.MINUTES.toNanos(2);
      while (requests.stream().noneMatch(request -> request.startsWith(beginning))) {
        if (left <= 0) {
          throw new AssertionError("never asked: " + beginning + "; but " + requests);
        }
        left = requested.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  private String process() {
    return pid > 0 ? Routes.PID + ": " + pid + "\r\n" : "";
  }

  static String head(String status) {
    return "HTTP/1.1 "
        + status
        + "\r\nJvault-Protocol: "
        + ProtocolVersion.CURRENT
        + "\r\nJvault-Program: 0.1.0\r\n";
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
        // The client is gone, or the test is over.
      }
    }
  }

  private int record(String request) {
    lock.lock();
    try {
      requests.add(request);
      requested.signalAll();
      return requests.size();
    } finally {
      lock.unlock();
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
    int count = record(head.substring(0, head.indexOf(" HTTP/1.1")) + " " + body);
    String answer = answers.poll();
    if (answer != null) {
      channel.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
    }
    if (count == closesAfter) {
      close();
    }
  }
}
