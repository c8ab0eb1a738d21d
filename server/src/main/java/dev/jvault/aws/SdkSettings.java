package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.profile.ServiceTarget;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * The settings that all clients of the SDK share. Whatever the SDK would look up in the daemon's
 * environment, system properties or config files is set here.
 */
final class SdkSettings {
  /** What is given to the SDK in place of the files that it would look for. */
  static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final CallLimits limits;
  private final SkewInterceptor interceptor;

  SdkSettings(InstantSource clock, ClockSkew skew, CallLimits limits) {
    SdkIsolation.establish();
    this.limits = limits;
    this.interceptor = new SkewInterceptor(clock, skew);
  }

  /** How long a call may take. */
  CallLimits limits() {
    return limits;
  }

  /** The builder of a client that signs as nobody: each request brings its credentials. */
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B apply(
      B builder, ServiceTarget target, ServiceEndpoint endpoint) {
    return builder
        .httpClient(UrlConnectionHttpClient.create(TargetConnections.to(target, limits)))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .region(endpoint.signingRegion())
        .endpointOverride(endpoint.url())
        .fipsEnabled(false)
        .dualstackEnabled(false)
        .defaultsMode(DefaultsMode.STANDARD)
        .overrideConfiguration(settings -> {
          fill(settings);
          settings.addExecutionInterceptor(EndpointPathInterceptor.of(endpoint.url()));
        });
  }

  private void fill(ClientOverrideConfiguration.Builder settings) {
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
}
