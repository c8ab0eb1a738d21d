package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.profile.ServiceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.scheme.StsAuthSchemeProvider;

/**
 * The SDK's clients, one for each target, the least used given up beyond a few. Whatever the SDK
 * would look up in the daemon's environment, system properties or config files is set here.
 */
final class StsClients implements AutoCloseable {
  private static final int MOST = 16;
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final CallLimits limits;
  private final SkewInterceptor interceptor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, StsClient> clients = new LinkedHashMap<>(MOST, 0.75f, true);

  StsClients(InstantSource clock, ClockSkew skew, CallLimits limits) {
    this.limits = limits;
    this.interceptor = new SkewInterceptor(clock, skew);
  }

  /** A client, signing as nobody: each request brings its credentials. */
  StsClient client(ServiceTarget target, StsEndpoint endpoint) {
    var key = new Key(target, target.caBundle().flatMap(StsClients::modified));
    lock.lock();
    try {
      StsClient known = clients.get(key);
      if (known != null) {
        return known;
      }
      StsClient client = build(target, endpoint);
      clients.put(key, client);
      dropOldest();
      return client;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      clients.values().forEach(StsClient::close);
      clients.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A call that still uses the client ends undisturbed: its close frees nothing but itself. */
  private void dropOldest() {
    if (clients.size() > MOST) {
      var oldest = clients.entrySet().iterator();
      oldest.next().getValue().close();
      oldest.remove();
    }
  }

  private StsClient build(ServiceTarget target, StsEndpoint endpoint) {
    return StsClient.builder()
        .httpClient(UrlConnectionHttpClient.create(StsConnections.to(target, limits)))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .region(endpoint.signingRegion())
        .endpointOverride(endpoint.url())
        .fipsEnabled(false)
        .dualstackEnabled(false)
        .defaultsMode(DefaultsMode.STANDARD)
        .authSchemeProvider(StsAuthSchemeProvider.defaultProvider())
        .overrideConfiguration(this::settings)
        .build();
  }

  private void settings(ClientOverrideConfiguration.Builder settings) {
    settings
        .defaultProfileFile(NO_PROFILES)
        .defaultProfileName("default")
        // Not AwsRetryStrategy.standardRetryStrategy(), which reads AWS_MAX_ATTEMPTS.
        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(limits.attempts()).build())
        .compressionConfiguration(
            none -> none.requestCompressionEnabled(false).minimumCompressionThresholdInBytes(0))
        .appId("jvault")
        .addExecutionInterceptor(interceptor);
  }

  private static Optional<FileTime> modified(Path bundle) {
    try {
      return Optional.of(Files.getLastModifiedTime(bundle));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** A bundle that was replaced is another one. */
  private record Key(ServiceTarget target, Optional<FileTime> bundleModified) {}
}
