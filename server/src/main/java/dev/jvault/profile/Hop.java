package dev.jvault.profile;

import java.time.Duration;
import java.util.Optional;

/** One step of a chain: how credentials are obtained from those of the hop below. */
public sealed interface Hop {
  /**
   * The bottom: a long-lived key in the vault.
   *
   * @param name the name that it was added under
   */
  record StoredKey(String name) implements Hop {}

  /**
   * GetSessionToken on the key below.
   *
   * @param mfa the device whose code it takes, if any
   * @param duration the wanted life
   */
  record SessionToken(Optional<MfaDevice> mfa, Duration duration, ServiceTarget sts)
      implements Hop {}

  /**
   * AssumeRole with the credentials below.
   *
   * @param profile the profile that the role was read from, for messages
   * @param sessionName the role session name
   * @param duration the wanted life; at most an hour where the hop below is not the key itself
   */
  record AssumeRole(
      String profile,
      String roleArn,
      String sessionName,
      Optional<String> externalId,
      Duration duration,
      ServiceTarget sts)
      implements Hop {}
}
