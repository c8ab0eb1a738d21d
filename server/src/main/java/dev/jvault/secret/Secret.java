package dev.jvault.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Characters that must never be printed: a secret access key, a session token, a passphrase, an MFA
 * code. Immutable, compared in constant time, and redacted by {@link #toString()}; {@link
 * #reveal()} is the only way to its content, so that every reader is found by a search for that
 * name.
 *
 * <p>The memory is not wiped, because the AWS SDK and the keyring return strings, which cannot be
 * wiped.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A secret with this content. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The content. Never log it, never put it into a message. */
  public String reveal() {
    return value;
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  /** The same for all secrets: a hash of the content would say something about it. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
