package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ServiceTarget;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * The settings that all SDK clients share. Everything that the SDK would look up in the daemon's
 * environment, system properties or config files is set here.
 */
final class SdkSettings {
  /** Replaces the config files that the SDK would look for. */
  static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private static final String NOTHING = "/dev/null";

  private final CallLimits limits;
  private final SkewInterceptor interceptor;
  private final CertificateFiles certificates = new CertificateFiles(new ForeignFiles());

  SdkSettings(ClockSkew skew, CallLimits limits) {
    isolateProcess();
    this.limits = limits;
    this.interceptor = new SkewInterceptor(skew);
  }

  /**
   * Sets what neither the SDK nor the JDK takes from a builder. Must run before the first client is
   * built.
   */
  static void isolateProcess() {
    // Even if it is given other files, each builder parses the config files of the environment that
    // started the daemon, and throws if one of them is malformed.
    System.setProperty("aws.configFile", NOTHING);
    System.setProperty("aws.sharedCredentialsFile", NOTHING);
    // By default the JDK does not send a proxy the user and password in its URL; curl and botocore
    // do.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  /** Looks at the files that callers' settings name. */
  ForeignFiles files() {
    return certificates.files();
  }

  /** How long a call may take. */
  CallLimits limits() {
    return limits;
  }

  /** Configures a client without credentials of its own: each request brings its own. */
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B apply(
      B builder, ServiceTarget target, ServiceEndpoint endpoint) {
    return builder
        .httpClient(Transmission.telling(http(target)))
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

  /** The HTTP client of a target, whose certificates are read now. */
  SdkHttpClient http(ServiceTarget target) {
    return new BoundedAnswers(
        UrlConnectionHttpClient.create(TargetConnections.to(target, limits, certificates)));
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
        .addExecutionInterceptor(interceptor)
        .addExecutionInterceptor(new TraceInterceptor());
  }
}
