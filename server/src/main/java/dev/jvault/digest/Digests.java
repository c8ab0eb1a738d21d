package dev.jvault.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of a text's UTF-8 bytes, by the algorithms that every Java platform has. */
public final class Digests {
  private Digests() {}

  /** 32 bytes. */
  public static byte[] sha256(String text) {
    return of("SHA-256", text);
  }

  /** 20 bytes; only for file names that another program derives with it, never for security. */
  public static byte[] sha1(String text) {
    return of("SHA-1", text);
  }

  private static byte[] of(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
