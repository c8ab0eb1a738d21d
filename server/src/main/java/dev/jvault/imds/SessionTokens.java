package dev.jvault.imds;

import dev.jvault.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session tokens of IMDSv2 for one listener. They are stateless: a token is its own end and a
 * random number under a MAC (HMAC-SHA-256, RFC 2104), so that no number of them takes memory,
 * nobody can push another's token out, and they outlive the daemon.
 *
 * <p>40 bytes, which are 56 characters as EC2's own tokens have: 6 bytes of milliseconds since
 * 1970, 2 random ones, 32 of the MAC over both and the listener's name.
 */
final class SessionTokens {
  /** What EC2 allows, in seconds. */
  static final int LONGEST_TTL = 21_600;

  private static final String MAC = "HmacSHA256";
  private static final int BODY = 8;
  private static final int RANDOM_BITS = Short.SIZE;
  private static final int LENGTH = BODY + 32;
  private static final int CHARACTERS = 56;

  private volatile SecretKeySpec key;
  private final byte[] listener;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Tokens for a listener.
   *
   * @param key a random secret of the listener's own
   * @param listener its name; a token of another one is worth nothing here
   */
  SessionTokens(Secret key, String listener, InstantSource clock) {
    this.key = spec(key);
    this.listener = listener.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** From now on, tokens are of this key; those of another one are worth nothing any more. */
  void renew(Secret fresh) {
    key = spec(fresh);
  }

  private static SecretKeySpec spec(Secret key) {
    return new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), MAC);
  }

  /**
   * A new token.
   *
   * @param seconds its life, 1 to {@link #LONGEST_TTL}
   */
  String issue(int seconds) {
    ByteBuffer token = ByteBuffer.allocate(LENGTH);
    token.putLong(clock.instant().plusSeconds(seconds).toEpochMilli() << RANDOM_BITS);
    token.putShort(BODY - Short.BYTES, (short) random.nextInt());
    token.put(mac(token.array()));
    return Base64.getUrlEncoder().encodeToString(token.array());
  }

  /** How long a token lives still; empty for one that has ended or was not issued here. */
  Optional<Duration> left(String token) {
    if (token.length() != CHARACTERS) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    byte[] given = Arrays.copyOfRange(bytes, BODY, LENGTH);
    if (bytes.length != LENGTH || !MessageDigest.isEqual(given, mac(bytes))) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong() >>> RANDOM_BITS);
    return Optional.of(Duration.between(clock.instant(), end)).filter(Duration::isPositive);
  }

  private byte[] mac(byte[] token) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(token, 0, BODY);
      return mac.doFinal(listener);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }
}
