package dev.jvault.session;

import java.time.Duration;

/** The two credential providers of SDKs, and what each needs of an answer. */
public enum SdkProvider {
  /**
   * Container credentials. Java, Ruby, PHP and C++ give up after a second; botocore and .NET ask
   * again at each signing once less than 15 minutes are left.
   */
  CONTAINER(Duration.ofMillis(900), Duration.ofMinutes(20)),

  /**
   * Instance metadata. Go waits half a second for an answer; botocore treats credentials with less
   * than 25 minutes left as expiring, and extends them by itself.
   */
  INSTANCE_METADATA(Duration.ofMillis(350), Duration.ofMinutes(25));

  private final Duration timeout;
  private final Duration wantedLife;

  SdkProvider(Duration timeout, Duration wantedLife) {
    this.timeout = timeout;
    this.wantedLife = wantedLife;
  }

  /** How long a request may wait for AWS. */
  Duration timeout() {
    return timeout;
  }

  /** How much life a session should have left, as far as its length allows. */
  Duration wantedLife() {
    return wantedLife;
  }
}
