package dev.jvault.peer;

/** What can be told within microseconds about who has just opened a connection. */
public sealed interface Glance {
  /** A process of this machine holds the other end. */
  record Seen(Peer peer) implements Glance {}

  /** Nobody holds the other end any more, so nobody would read an answer. */
  record Gone() implements Glance {}

  /** {@link PeerLookup#peer} can tell, or nothing can. */
  record Unclear() implements Glance {}
}
