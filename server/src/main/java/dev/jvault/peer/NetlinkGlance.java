package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at connections as they are accepted, over a netlink socket of its own, which {@link #open}
 * opens. It asks the kernel for single sockets only, which takes microseconds however many there
 * are. Safe for many threads.
 */
final class NetlinkGlance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetlinkGlance.class);
  private static final Glance GONE = new Glance.Gone();
  private static final Glance UNCLEAR = new Glance.Unclear();

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean reported = new AtomicBoolean();
  private @Nullable NetlinkSocket socket;
  private boolean possible;

  /** Whether the latest client had reset its connection. */
  private boolean resets;

  /** Opens the socket. Until then, and if the kernel or a sandbox refuses, nothing is clear. */
  void open() throws NetlinkSocket.NetlinkException {
    lock.lock();
    try {
      NetlinkSocket _ = opened();
      possible = true;
    } finally {
      lock.unlock();
    }
  }

  /** What the kernel tells about a connection that has just been accepted. */
  Glance of(InetSocketAddress client, InetSocketAddress server) {
    lock.lock();
    try {
      return possible ? ask(opened(), client, server) : UNCLEAR;
    } catch (NetlinkSocket.NetlinkException e) {
      // The next glance opens a new socket, so that it cannot read an answer to this one.
      closeSocket();
      report(e);
      return UNCLEAR;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      possible = false;
      closeSocket();
    } finally {
      lock.unlock();
    }
  }

  private NetlinkSocket opened() throws NetlinkSocket.NetlinkException {
    NetlinkSocket known = socket;
    if (known == null) {
      known = new NetlinkSocket();
      socket = known;
    }
    return known;
  }

  private void closeSocket() {
    NetlinkSocket known = socket;
    socket = null;
    if (known != null) {
      known.close();
    }
  }

  /**
   * If no socket names this server, the kernel may have redirected the connection, or the client
   * may have reset it; only then this side of it is closed. In a flood of resets, one question is
   * enough for each.
   */
  private Glance ask(NetlinkSocket kernel, InetSocketAddress client, InetSocketAddress server)
      throws NetlinkSocket.NetlinkException {
    boolean asked = resets;
    if (asked && !joined(kernel, server, client)) {
      return GONE;
    }
    List<TcpSocket> own = kernel.exact(client, server);
    if (own.stream().anyMatch(socket -> socket.joins(client, server))) {
      resets = false;
      Optional<Peer> peer = TcpSocket.owner(own, client, server);
      return peer.<Glance>map(Glance.Seen::new).orElse(GONE);
    }
    resets = !asked && !joined(kernel, server, client);
    return resets ? GONE : UNCLEAR;
  }

  private static boolean joined(
      NetlinkSocket kernel, InetSocketAddress here, InetSocketAddress there)
      throws NetlinkSocket.NetlinkException {
    return kernel.exact(here, there).stream().anyMatch(socket -> socket.joins(here, there));
  }

  /** Once, because a program that opens connections could fill the log. */
  private void report(NetlinkSocket.NetlinkException e) {
    if (reported.compareAndSet(false, true)) {
      LOG.info("event=netlink_failed error=\"{}\"", e.getMessage());
    }
  }
}
