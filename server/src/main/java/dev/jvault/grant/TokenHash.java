package dev.jvault.grant;

import dev.jvault.digest.Digests;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a token, which is all that the daemon keeps of it. A plain hash is enough, because
 * a random value of 256 bits cannot be guessed.
 */
final class TokenHash {
  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  static TokenHash of(String token) {
    return new TokenHash(Digests.sha256(token));
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
