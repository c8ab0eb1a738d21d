package dev.jvault.e2e;

import static org.awaitility.Awaitility.await;

import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** {@code moto_server} in place of AWS, on a free port. */
final class Moto implements AutoCloseable {
  private final int port = FreePort.next();
  private final Process process;

  Moto() {
    try {
      process =
          new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("moto_server is needed: pip install 'moto[server]'", e);
    }
    await().atMost(Duration.ofMinutes(1)).until(this::answers);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("moto_server has ended with " + process.exitValue());
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
