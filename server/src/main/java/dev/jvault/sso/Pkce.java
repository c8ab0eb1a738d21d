package dev.jvault.sso;

import dev.jvault.digest.Digests;
import dev.jvault.secret.RandomToken;
import dev.jvault.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of one login, which proves that the program that exchanges the code is the one that
 * requested it (RFC 7636).
 */
final class Pkce {
  /** Gives 64 characters, as the AWS CLI sends. */
  private static final int BYTES = 48;

  private final Secret verifier;

  private Pkce(Secret verifier) {
    this.verifier = verifier;
  }

  static Pkce random(SecureRandom random) {
    return new Pkce(text(random));
  }

  /** A random text of the same length. */
  static Secret text(SecureRandom random) {
    return RandomToken.random(random, BYTES);
  }

  Secret verifier() {
    return verifier;
  }

  /** The hash of the secret that the authorization request carries ({@code S256}). */
  String challenge() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Digests.sha256(verifier.reveal()));
  }
}
