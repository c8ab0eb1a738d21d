package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * Describes a request to AWS for the sentences about its result.
 *
 * @param what what jvault asked for, such as {@code the role arn:aws:iam::…}
 * @param advice what to check if AWS refuses it
 * @param signer what signed it
 * @param host the host that it was sent to
 * @param target how the host was reached
 */
record RequestDescription(
    String what, String advice, Signer signer, String host, ServiceTarget target) {
  /**
   * What signs a request.
   *
   * @param name in the words of a sentence
   * @param session whether it is a session, and not a long-lived key or a token
   */
  record Signer(String name, boolean session) {
    /** No credentials, but the token of a login. */
    static final Signer NONE = new Signer("", false);

    /** The token of an identity provider. */
    static final Signer WEB_IDENTITY = new Signer("the web identity token", false);

    private static final int SHOWN = 4;

    /** Names credentials by the last characters of their key id. */
    static Signer of(SigningCredentials credentials) {
      boolean session = credentials.sessionToken().isPresent();
      String kind = session ? "the session key " : "the access key ";
      return new Signer(kind + shown(credentials.accessKeyId()), session);
    }

    private static String shown(String id) {
      return AccessKeyIds.looksLikeSecret(id)
          ? AccessKeyIds.shown(id)
          : "ending in " + id.substring(Math.max(0, id.length() - SHOWN));
    }
  }

  /** The proxy in between, without the user and password in its URL. */
  Optional<String> proxy() {
    return target.proxy().map(RequestDescription::address);
  }

  private static String address(URI proxy) {
    return proxy.getPort() < 0 ? proxy.getHost() : proxy.getHost() + ":" + proxy.getPort();
  }
}
