package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kernel over one netlink socket, which is opened by the first lookup at the latest. A
 * lookup takes microseconds, however many connections there are. If a sandbox forbids netlink, all
 * lookups use the fallback; if one lookup fails, only that one does. Glances have a socket of their
 * own, so that they wait for no lookup, and tell nothing before {@link #prepare}.
 */
final class NetlinkPeerLookup implements PeerLookup {
  private static final Logger LOG = LoggerFactory.getLogger(NetlinkPeerLookup.class);

  private final PeerLookup otherwise;
  private final NetlinkGlance glance = new NetlinkGlance();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable NetlinkSocket socket;
  private boolean possible = true;
  private volatile boolean opening;

  NetlinkPeerLookup(PeerLookup otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public boolean canTell() {
    return true;
  }

  @Override
  public void prepare() {
    opening = true;
    lock.lock();
    try {
      NetlinkSocket _ = opened();
      glance.open();
    } catch (NetlinkSocket.NetlinkException e) {
      LOG.info("event=netlink_failed error=\"{}\"", e.getMessage());
    } finally {
      lock.unlock();
      opening = false;
    }
  }

  @Override
  public Optional<Peer> peer(InetSocketAddress client, InetSocketAddress server) {
    if (opening) {
      return otherwise.peer(client, server);
    }
    lock.lock();
    try {
      if (possible) {
        return ask(client, server);
      }
    } catch (NetlinkSocket.NetlinkException e) {
      // The next lookup opens a new socket, so that it cannot read an answer to this one.
      LOG.info("event=netlink_failed error=\"{}\"", e.getMessage());
      closeSocket();
    } finally {
      lock.unlock();
    }
    return otherwise.peer(client, server);
  }

  @Override
  public Glance glance(InetSocketAddress client, InetSocketAddress server) {
    return glance.of(client, server);
  }

  @Override
  public boolean carriedForOthers(Peer peer, Set<Long> held, long own) {
    lock.lock();
    try {
      return possible && Relays.carries(peer, held, opened().open(), own);
    } catch (NetlinkSocket.NetlinkException e) {
      LOG.info("event=netlink_failed error=\"{}\"", e.getMessage());
      closeSocket();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    glance.close();
    lock.lock();
    try {
      closeSocket();
    } finally {
      lock.unlock();
    }
  }

  /** The one socket; if there is none, all of that port, because a connection may be redirected. */
  private Optional<Peer> ask(InetSocketAddress client, InetSocketAddress server)
      throws NetlinkSocket.NetlinkException {
    NetlinkSocket kernel = opened();
    List<TcpSocket> exact = kernel.exact(client, server);
    boolean found = exact.stream().anyMatch(socket -> socket.joins(client, server));
    return TcpSocket.owner(found ? exact : kernel.withPort(client.getPort()), client, server);
  }

  private NetlinkSocket opened() throws NetlinkSocket.NetlinkException {
    NetlinkSocket known = socket;
    if (known != null) {
      return known;
    }
    try {
      NetlinkSocket fresh = new NetlinkSocket();
      socket = fresh;
      return fresh;
    } catch (NetlinkSocket.NetlinkException e) {
      possible = false;
      throw e;
    }
  }

  private void closeSocket() {
    NetlinkSocket known = socket;
    socket = null;
    if (known != null) {
      known.close();
    }
  }
}
