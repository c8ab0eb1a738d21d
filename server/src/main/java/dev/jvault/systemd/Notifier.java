package dev.jvault.systemd;

import dev.jvault.protocol.NotifySocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Tells systemd about this process, as sd_notify(3) does. Does nothing if systemd did not ask for
 * it, and a message that systemd does not take is no failure. Safe for many threads.
 */
public final class Notifier {
  private static final int LONGEST_NAME = 107;
  private static final int LONGEST_STATUS = 300;

  private final Optional<byte[]> socket;
  private final Optional<SocketCalls> calls;
  private String latest = "";

  private Notifier(Optional<byte[]> socket) {
    this.socket = socket;
    this.calls = socket.map(_ -> new SocketCalls());
  }

  /** The notifier for the variables of this process. */
  public static Notifier of(Map<String, String> environment) {
    String name = environment.getOrDefault(NotifySocket.NAME, "");
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_NAME || !(name.startsWith("/") || name.startsWith("@"))) {
      return new Notifier(Optional.empty());
    }
    if (name.startsWith("@")) {
      bytes[0] = 0;
    }
    return new Notifier(Optional.of(bytes));
  }

  /** The daemon answers requests. */
  public void ready(String status) {
    latest(status);
    send("READY=1\nSTATUS=" + line(status));
  }

  /** What a person reads in {@code systemctl status}; sent if it differs from the latest. */
  public void status(String status) {
    if (latest(status)) {
      send("STATUS=" + line(status));
    }
  }

  /** The daemon works: systemd restarts one that does not say so for a while. */
  public void alive() {
    send("WATCHDOG=1");
  }

  /** The ordered end has begun. */
  public void stopping(String status) {
    latest(status);
    send("STOPPING=1\nSTATUS=" + line(status));
  }

  private synchronized boolean latest(String status) {
    boolean news = !status.equals(latest);
    latest = status;
    return news;
  }

  /** A line break would begin another assignment. */
  private static String line(String status) {
    String line = status.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_STATUS ? line : line.substring(0, LONGEST_STATUS);
  }

  private void send(String message) {
    byte[] datagram = (message + "\n").getBytes(StandardCharsets.UTF_8);
    calls.ifPresent(library -> {
      boolean _ = library.send(datagram, socket.orElseThrow());
    });
  }
}
