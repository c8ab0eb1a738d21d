package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * Describes a request to AWS for the sentences about its result.
 *
 * @param what what jvault asked for, such as {@code the role arn:aws:iam::…}
 * @param advice what to check if AWS refuses it
 * @param signer the credentials that signed it
 * @param host the host that it was sent to
 * @param target how the host was reached
 */
record RequestDescription(
    String what, String advice, String signer, String host, ServiceTarget target) {
  private static final int SHOWN = 4;
  private static final String SESSION = "the session key";

  /** Names the signing credentials by the last characters of their key id. */
  static String signer(SigningCredentials signer) {
    String id = signer.accessKeyId();
    String end = id.substring(Math.max(0, id.length() - SHOWN));
    String kind = signer.sessionToken().isPresent() ? SESSION : "the access key";
    return kind + " ending in " + end;
  }

  /** Whether a session signed it, and not a long-lived key. */
  boolean signedBySession() {
    return signer.startsWith(SESSION);
  }

  /** The proxy in between, without the user and password in its URL. */
  Optional<String> proxy() {
    return target.proxy().map(RequestDescription::address);
  }

  private static String address(URI proxy) {
    return proxy.getPort() < 0 ? proxy.getHost() : proxy.getHost() + ":" + proxy.getPort();
  }
}
