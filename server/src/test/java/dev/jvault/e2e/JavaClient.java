package dev.jvault.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Reads credentials until they change, by the default chain of the SDK for Java, and uses both. */
final class JavaClient {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private JavaClient() {}

  public static void main(String[] arguments) {
    try (var credentials = DefaultCredentialsProvider.builder().build();
        StsClient sts =
            StsClient.builder()
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      String first = use(credentials, sts);
      long end = System.nanoTime() + LONGEST.toNanos();
      while (credentials.resolveCredentials().accessKeyId().equals(first)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the credentials were not refreshed");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      String _ = use(credentials, sts);
    }
  }

  private static String use(DefaultCredentialsProvider credentials, StsClient sts) {
    String id = credentials.resolveCredentials().accessKeyId();
    System.out.println(id + " " + sts.getCallerIdentity().arn());
    return id;
  }
}
