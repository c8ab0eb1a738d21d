package dev.jvault.grant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a token, all that the daemon keeps of it. That is enough for a random value of 256
 * bits, which nobody can guess from its hash.
 */
final class TokenHash {
  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static TokenHash parse(String hex) {
    return new TokenHash(HexFormat.of().parseHex(hex));
  }

  /** Compares in constant time. */
  boolean matches(TokenHash other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  String hex() {
    return HexFormat.of().formatHex(bytes);
  }
}
