package dev.jvault.session;

import java.time.Duration;

/** What a kind of SDK request needs of a session, as far as the session's length allows. */
public enum SdkProvider {
  /**
   * Container credentials: Java, Ruby, PHP and C++ give up after a second; botocore and .NET ask
   * again at each signing under 15 minutes.
   */
  CONTAINER(Duration.ofMillis(900), Duration.ofMinutes(20)),

  /**
   * Instance metadata: Go waits half a second for an answer; botocore takes what has under 25
   * minutes left for expiring and extends it by itself.
   */
  INSTANCE_METADATA(Duration.ofMillis(350), Duration.ofMinutes(25));

  private final Duration patience;
  private final Duration wantedLife;

  SdkProvider(Duration patience, Duration wantedLife) {
    this.patience = patience;
    this.wantedLife = wantedLife;
  }

  /** How long a request may wait. */
  Duration patience() {
    return patience;
  }

  /** How much of its life a session should have left. */
  Duration wantedLife() {
    return wantedLife;
  }
}
