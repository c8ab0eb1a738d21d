package dev.jvault.imds;

import java.util.OptionalInt;

/**
 * The IMDS listener of one profile.
 *
 * @param grant the id of the grant that it serves
 * @param profile the profile's name
 * @param wanted the TCP port on loopback that it should have
 * @param substitute the port that it has had while another program had the wanted one, which
 *     programs may know; empty if that never happened
 * @param substituted whether another program has the wanted port now
 * @param v1 whether IMDSv1 is on, that is, requests without a session token are answered too
 * @param kept whether the profile is kept ready until it is forgotten, as {@code server} asks for
 */
public record ImdsListener(
    String grant,
    String profile,
    int wanted,
    OptionalInt substitute,
    boolean substituted,
    boolean v1,
    boolean kept) {
  /** A listener that has the port that it should have. */
  public ImdsListener(String grant, String profile, int port, boolean v1, boolean kept) {
    this(grant, profile, port, OptionalInt.empty(), false, v1, kept);
  }

  /** The port that jvault names to programs. */
  public int port() {
    return substituted ? substitute.orElse(wanted) : wanted;
  }

  /** For {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}; without a path, because some SDKs drop it. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** Whether another listener should have the same port. */
  boolean samePort(ImdsListener other) {
    return wanted == other.wanted;
  }

  /** The same listener on the port that it should have. */
  ImdsListener at(int port) {
    return new ImdsListener(grant, profile, port, substitute, false, v1, kept);
  }

  /** The same listener while another program has its port. */
  ImdsListener instead(int port) {
    return new ImdsListener(grant, profile, wanted, OptionalInt.of(port), true, v1, kept);
  }

  /** The same listener on the same port, with or without IMDSv1, kept ready or not. */
  ImdsListener changed(boolean latestV1, boolean latestKept) {
    return new ImdsListener(grant, profile, wanted, substitute, substituted, latestV1, latestKept);
  }
}
