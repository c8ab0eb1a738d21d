package dev.jvault.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes random tokens: bearer tokens, OAuth states and PKCE verifiers. */
public final class RandomToken {
  private static final int BYTES = 32;

  private RandomToken() {}

  /** 256 random bits as 43 ASCII characters that need no escape in a URL or a header. */
  public static Secret random(SecureRandom random) {
    return random(random, BYTES);
  }

  /**
   * Random bits of another length.
   *
   * @param size in bytes; three bytes give four characters
   */
  public static Secret random(SecureRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
