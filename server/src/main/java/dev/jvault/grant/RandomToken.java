package dev.jvault.grant;

import dev.jvault.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes the random tokens that consumers present. */
public final class RandomToken {
  private static final int BYTES = 32;

  private RandomToken() {}

  /** 256 random bits as 43 visible ASCII characters. */
  public static Secret random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
