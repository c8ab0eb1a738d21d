package dev.jvault.demo;

import dev.jvault.aws.DefaultChain;
import dev.jvault.protocol.SpanText;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that does not know jvault: it asks the AWS SDK for Java for credentials until it
 * has seen two different sets.
 */
final class Application {
  private static final int MOST_READINGS = 60;

  private Application() {}

  static void main() {
    try (var chain = new DefaultChain()) {
      SessionCredentials first = chain.credentials().orElseThrow();
      print("first reading: ", first);
      for (int reading = 0; reading < MOST_READINGS; reading++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        SessionCredentials later = chain.credentials().orElseThrow();
        if (!later.accessKeyId().equals(first.accessKeyId())) {
          print("second reading:", later);
          return;
        }
      }
      throw new IllegalStateException("the credentials were not refreshed in time");
    }
  }

  private static void print(String which, SessionCredentials credentials) {
    String left = SpanText.of(Duration.between(Instant.now(), credentials.expiration()));
    System.out.println("  " + which + " " + credentials.accessKeyId() + ", good for " + left);
  }
}
