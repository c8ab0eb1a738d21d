package dev.jvault.aws;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The SDK's default credentials provider chain, as any application uses it. Only the demonstration
 * uses it, to read the endpoint; the daemon never does.
 */
public final class DefaultChain implements AutoCloseable {
  private final DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build();

  /** The credentials that the chain finds now; empty if they are no session. */
  public Optional<SessionCredentials> credentials() {
    AwsCredentials found = provider.resolveCredentials();
    return found instanceof AwsSessionCredentials session
        ? Optional.of(
            new SessionCredentials(
                new AccessKey(session.accessKeyId(), Secret.of(session.secretAccessKey())),
                Secret.of(session.sessionToken()),
                Instant.MIN,
                session.expirationTime().orElse(Instant.MAX),
                session.accountId(),
                Optional.empty()))
        : Optional.empty();
  }

  @Override
  public void close() {
    provider.close();
  }
}
