package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * One question to AWS, in the words of the sentences about its answer.
 *
 * @param what what was asked for, such as {@code the role arn:aws:iam::…}
 * @param advice what to check when AWS refuses it
 * @param signer who signed
 * @param host whom was asked
 * @param target how it was reached
 */
record RequestDescription(
    String what, String advice, String signer, String host, ServiceTarget target) {
  private static final int SHOWN = 4;

  /** Whoever signs, by the last characters of the key id. */
  static String signer(SigningCredentials signer) {
    String id = signer.accessKeyId();
    String end = id.substring(Math.max(0, id.length() - SHOWN));
    String kind = signer.sessionToken().isPresent() ? "the session key" : "the access key";
    return kind + " ending in " + end;
  }

  /** The proxy on the way, without the user and password in its URL. */
  Optional<String> proxy() {
    return target.proxy().map(RequestDescription::address);
  }

  private static String address(URI proxy) {
    return proxy.getPort() < 0 ? proxy.getHost() : proxy.getHost() + ":" + proxy.getPort();
  }
}
