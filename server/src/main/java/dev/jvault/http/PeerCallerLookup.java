package dev.jvault.http;

import dev.jvault.peer.Forwarders;
import dev.jvault.peer.Glance;
import dev.jvault.peer.Peer;
import dev.jvault.peer.PeerLookup;
import dev.jvault.peer.PeerProcess;
import dev.jvault.peer.SocketHolders;
import dev.jvault.protocol.OwnUid;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks callers up in the kernel. On systems that do not tell, every caller counts as this user.
 */
public final class PeerCallerLookup implements Caller.Lookup, AutoCloseable {
  private static final Executor LOOK = look -> Thread.ofVirtual().name("caller").start(look);

  private final PeerLookup peers;
  private final SocketHolders holders = SocketHolders.ofThisSystem();
  private final long own = OwnUid.get();

  /** Prepares the lookup in the background, because its first use takes a tenth of a second. */
  public PeerCallerLookup(PeerLookup peers) {
    this.peers = peers;
    Thread.ofVirtual().name("peers").start(peers::prepare);
  }

  @Override
  public void close() {
    peers.close();
  }

  @Override
  public Caller of(InetSocketAddress client, InetSocketAddress server) {
    return new KernelCaller(peers.peer(client, server));
  }

  /** {@inheritDoc} A connection that nobody holds any more is no user's. */
  @Override
  public Optional<Caller> atOnce(InetSocketAddress client, InetSocketAddress server) {
    if (!peers.canTell()) {
      return Optional.of(new KernelCaller(Optional.empty()));
    }
    return switch (peers.glance(client, server)) {
      case Glance.Seen(Peer peer) -> Optional.of(new KernelCaller(Optional.of(peer)));
      case Glance.Gone _ -> Optional.of(new KernelCaller(Optional.empty()));
      case Glance.Unclear _ -> Optional.empty();
    };
  }

  private final class KernelCaller implements Caller {
    private final Optional<Peer> peer;
    private @Nullable CompletableFuture<Optional<PeerProcess>> process;
    private @Nullable Boolean forwarded;

    KernelCaller(Optional<Peer> peer) {
      this.peer = peer;
    }

    @Override
    public boolean ownUser() {
      return peer.map(found -> found.uid() == own).orElseGet(() -> !peers.canTell());
    }

    @Override
    public long uid() {
      return peer.map(Peer::uid).orElse(own);
    }

    /** Checks every holder of the socket: a forwarder may have inherited it or passed it on. */
    @Override
    public synchronized boolean forwarded() {
      Boolean known = forwarded;
      if (known == null) {
        known = holders.canTell() && lookForForwarders();
        forwarded = known;
      }
      return known;
    }

    private boolean lookForForwarders() {
      List<PeerProcess> all =
          peer.map(one -> holders.firstAnd(one, Forwarders::include)).orElse(List.of());
      process = CompletableFuture.completedFuture(all.stream().findFirst());
      return all.isEmpty()
          || all.stream().anyMatch(Forwarders::include)
          || peer.filter(one -> carries(one, all.getFirst())).isPresent();
    }

    private boolean carries(Peer one, PeerProcess holder) {
      return peers.carriedForOthers(one, holders.sockets(holder), own);
    }

    @Override
    public synchronized CompletableFuture<Optional<PeerProcess>> process() {
      CompletableFuture<Optional<PeerProcess>> known = process;
      if (known == null) {
        known = CompletableFuture.supplyAsync(() -> peer.flatMap(holders::first), LOOK);
        process = known;
      }
      return known;
    }
  }
}
