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
 * The IMDSv2 session tokens of one listener. They are stateless: a token consists of its expiration
 * and a random number, authenticated by HMAC-SHA-256 (RFC 2104). So tokens take no memory, a client
 * cannot evict another's token, and tokens outlive the daemon.
 *
 * <p>A token has 40 bytes, encoded as 56 characters like EC2's own: 6 bytes of milliseconds since
 * 1970, 2 random bytes, and 32 bytes of the MAC over both and the listener's name.
 */
final class SessionTokens {
  /** The longest life that EC2 allows, in seconds. */
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
   * @param key a random secret of this listener
   * @param listener its name; tokens of other listeners are not valid here
   * @param clock the steady clock, because a token lives for a span that its caller names
   */
  SessionTokens(Secret key, String listener, InstantSource clock) {
    this.key = spec(key);
    this.listener = listener.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** Replaces the key; tokens of the old key are no longer valid. */
  void renew(Secret fresh) {
    key = spec(fresh);
  }

  private static SecretKeySpec spec(Secret key) {
    return new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), MAC);
  }

  /**
   * Issues a new token.
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

  /** The remaining life of a token; empty if it has expired or was not issued here. */
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
