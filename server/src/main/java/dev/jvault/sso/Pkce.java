package dev.jvault.sso;

import dev.jvault.digest.Digests;
import dev.jvault.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of one login, which proves that the program that exchanges the code is the one that
 * requested it (RFC 7636).
 */
final class Pkce {
  private static final int BYTES = 48;

  private final Secret verifier;

  private Pkce(Secret verifier) {
    this.verifier = verifier;
  }

  static Pkce random(SecureRandom random) {
    return new Pkce(text(random));
  }

  /** 64 random characters that need no escape in a URL. */
  static Secret text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(encoded(bytes));
  }

  Secret verifier() {
    return verifier;
  }

  /** The hash of the secret that the authorization request carries ({@code S256}). */
  String challenge() {
    return encoded(Digests.sha256(verifier.reveal()));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
