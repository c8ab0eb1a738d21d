package dev.jvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port of the loopback address on which nothing listens, and that nothing else takes before
 * the test does.
 *
 * <p>A port that the kernel has chosen (port 0) is one of those that it gives to every outgoing
 * connection of the machine: between the moment in which the test learns of it and the moment in
 * which the program listens on it, a connection can have it.
 */
public final class FreePort {
  /** Below Linux's and macOS's ranges for outgoing connections, and above what services have. */
  private static final int LOWEST = 10_000;

  private static final int HIGHEST = 32_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Returns one that this JVM has not had before; any thread may ask. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
