package dev.jvault.imds;

/**
 * One profile's IMDS listener.
 *
 * @param grant the id of the grant that it serves
 * @param profile the profile's name
 * @param port the TCP port on loopback
 * @param v1 whether IMDSv1, requests without a session token, is answered too
 */
public record ImdsListener(String grant, String profile, int port, boolean v1) {
  /** What {@code AWS_EC2_METADATA_SERVICE_ENDPOINT} is to be: no path, since some SDKs drop it. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }
}
