package dev.jvault.server;

import dev.jvault.http.Caller;
import dev.jvault.http.Callers;
import dev.jvault.peer.Forwarders;
import dev.jvault.peer.OwnUid;
import dev.jvault.peer.Peer;
import dev.jvault.peer.PeerLookup;
import dev.jvault.peer.PeerProcess;
import dev.jvault.peer.SocketHolders;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Callers as the kernel knows them; where it does not tell, all are taken for this user's own. */
final class KernelCallers implements Callers {
  private final PeerLookup peers;
  private final SocketHolders holders = SocketHolders.ofThisSystem();
  private final long own = OwnUid.get();

  KernelCallers(PeerLookup peers) {
    this.peers = peers;
  }

  @Override
  public Caller of(InetSocketAddress client, InetSocketAddress server) {
    return new KernelCaller(peers.peer(client, server));
  }

  private final class KernelCaller implements Caller {
    private final Optional<Peer> peer;
    private @Nullable List<PeerProcess> processes;
    private @Nullable Boolean forwarded;

    KernelCaller(Optional<Peer> peer) {
      this.peer = peer;
    }

    @Override
    public boolean ownUser() {
      return peer.map(found -> found.uid() == own).orElseGet(() -> !peers.canTell());
    }

    @Override
    public OptionalLong uid() {
      return peer.map(found -> OptionalLong.of(found.uid())).orElse(OptionalLong.empty());
    }

    /** Not the youngest holder alone: a forwarder may have inherited or passed on the socket. */
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
      List<PeerProcess> found =
          peer.map(end -> holders.firstAnd(end, Forwarders::include)).orElse(List.of());
      processes = found;
      return found.isEmpty() || found.stream().anyMatch(Forwarders::include);
    }

    @Override
    public synchronized Optional<PeerProcess> process() {
      List<PeerProcess> known = processes;
      if (known == null) {
        known = peer.flatMap(holders::first).stream().toList();
        processes = known;
      }
      return known.stream().findFirst();
    }
  }
}
