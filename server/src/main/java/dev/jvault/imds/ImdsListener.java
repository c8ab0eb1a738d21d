package dev.jvault.imds;

/**
 * The IMDS listener of one profile.
 *
 * @param grant the id of the grant that it serves
 * @param profile the profile's name
 * @param port the TCP port on loopback
 * @param v1 whether IMDSv1 is on, that is, requests without a session token are answered too
 * @param kept whether the profile is kept ready until it is forgotten, as {@code server} asks for
 */
public record ImdsListener(String grant, String profile, int port, boolean v1, boolean kept) {
  /** Whether another listener answers on the same port in the same way. */
  boolean sameSocket(ImdsListener other) {
    return port == other.port && v1 == other.v1;
  }

  /** The same listener on another port. */
  ImdsListener at(int number) {
    return new ImdsListener(grant, profile, number, v1, kept);
  }

  /** For {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}; without a path, because some SDKs drop it. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }
}
