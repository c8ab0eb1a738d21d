package dev.jvault.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Session credentials that open nothing, with the shape and lengths of AWS's. */
final class MadeUpCredentials {
  private static final String KEY_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int KEY_ID_LENGTH = 16;
  private static final int SECRET_BYTES = 30;
  private static final int TOKEN_BYTES = 240;

  private final SecureRandom random = new SecureRandom();
  private final Duration length;
  private final InstantSource clock;

  MadeUpCredentials(Duration length, InstantSource clock) {
    this.length = length;
    this.clock = clock;
  }

  /** New credentials at each call. */
  Issued next() {
    var id = new StringBuilder("ASIA");
    random
        .ints(KEY_ID_LENGTH, 0, KEY_ID_LETTERS.length())
        .forEach(letter -> id.append(KEY_ID_LETTERS.charAt(letter)));
    String end = clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS).toString();
    return new Issued(id.toString(), base64(SECRET_BYTES), base64(TOKEN_BYTES), end);
  }

  private String base64(int bytes) {
    var content = new byte[bytes];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }

  /**
   * One set of credentials.
   *
   * @param expiration in ISO 8601, whole seconds, UTC
   */
  record Issued(
      String accessKeyId, String secretAccessKey, String sessionToken, String expiration) {
    /** Hides the values: they open nothing, but no log should get used to such lines. */
    @Override
    public String toString() {
      return "Issued[" + accessKeyId + "]";
    }
  }
}
