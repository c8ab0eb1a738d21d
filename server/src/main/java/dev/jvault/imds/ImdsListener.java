package dev.jvault.imds;

/**
 * The IMDS listener of one profile.
 *
 * @param grant the id of the grant that it serves
 * @param profile the profile's name
 * @param port the TCP port on loopback
 * @param v1 whether IMDSv1 is on, that is, requests without a session token are answered too
 */
public record ImdsListener(String grant, String profile, int port, boolean v1) {
  /** For {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}; without a path, because some SDKs drop it. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }
}
