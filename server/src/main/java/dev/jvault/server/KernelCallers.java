package dev.jvault.server;

import dev.jvault.http.Caller;
import dev.jvault.http.Callers;
import dev.jvault.peer.OwnUid;
import dev.jvault.peer.PeerLookup;
import dev.jvault.peer.PeerProcess;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;

/** Callers as the kernel knows them. */
final class KernelCallers implements Callers {
  private final PeerLookup peers;
  private final long own = OwnUid.get();

  KernelCallers(PeerLookup peers) {
    this.peers = peers;
  }

  @Override
  public Caller of(InetSocketAddress client, InetSocketAddress server) {
    OptionalLong uid = peers.uid(client, server);
    return new Caller() {
      @Override
      public boolean ownUser() {
        return uid.isEmpty() ? !peers.canTell() : uid.getAsLong() == own;
      }

      @Override
      public OptionalLong uid() {
        return uid;
      }

      @Override
      public boolean forwarded() {
        return false;
      }

      @Override
      public Optional<PeerProcess> process() {
        return Optional.empty();
      }
    };
  }
}
