package dev.jvault.secret;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A long-lived key of an IAM user. It leaves the vault for STS and for {@code --no-session} only.
 */
public final class AccessKey implements SigningCredentials {
  private final String accessKeyId;
  private final Secret secretAccessKey;

  /** A key as AWS issued it. */
  public AccessKey(String accessKeyId, Secret secretAccessKey) {
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
  }

  @Override
  public String accessKeyId() {
    return accessKeyId;
  }

  @Override
  public Secret secretAccessKey() {
    return secretAccessKey;
  }

  @Override
  public Optional<Secret> sessionToken() {
    return Optional.empty();
  }

  /** Equal if both parts are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccessKey key
        && accessKeyId.equals(key.accessKeyId)
        && secretAccessKey.equals(key.secretAccessKey);
  }

  @Override
  public int hashCode() {
    return accessKeyId.hashCode();
  }

  @Override
  public String toString() {
    return "AccessKey[" + AccessKeyIds.shown(accessKeyId) + "]";
  }
}
