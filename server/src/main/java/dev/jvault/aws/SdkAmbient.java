package dev.jvault.aws;

import dev.jvault.credential.AmbientCredentials;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Reason;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.Hop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;

/**
 * Asks the SDK's own providers for the credentials that come with the daemon's host. Each call
 * creates a new provider, because providers cache their answers.
 */
public final class SdkAmbient implements AmbientCredentials, AutoCloseable {
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

  /** The endpoint that AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is relative to. */
  private static final String ECS = "http://169.254.170.2";

  private static final int LONGEST_TOKEN = 1 << 16;

  /** The SDK reads these from its process only; properties take precedence over variables. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "aws.containerCredentialsPath",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "aws.containerCredentialsFullUri",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "aws.containerAuthorizationToken",
          TOKEN_FILE,
          "aws.containerAuthorizationTokenFile");

  private final Map<String, String> environment;
  private final HostEnvironment host;
  private final AwsLoginCredentials awsLogin;
  private final ClockSkew skew;
  private final InstantSource clock;
  private final CallLimits limits;
  private final ForeignFiles files = new ForeignFiles();

  /**
   * The host of this daemon.
   *
   * @param environment the daemon's environment variables
   * @param ownPort whether this daemon listens on a port of loopback
   */
  public SdkAmbient(
      Map<String, String> environment, IntPredicate ownPort, InstantSource clock, ClockSkew skew) {
    this(environment, ownPort, clock, skew, CallLimits.DEFAULT);
  }

  SdkAmbient(
      Map<String, String> environment,
      IntPredicate ownPort,
      InstantSource clock,
      ClockSkew skew,
      CallLimits limits) {
    SdkSettings.isolateProcess();
    this.environment = environment;
    this.host = new HostEnvironment(environment, ownPort);
    this.awsLogin = new AwsLoginCredentials(clock, skew, limits);
    this.skew = skew;
    this.clock = clock;
    this.limits = limits;
    PROPERTIES.forEach((variable, property) -> {
      if (environment.containsKey(variable)) {
        System.setProperty(property, BoundedUrls.bounded(environment.getOrDefault(variable, "")));
      }
    });
  }

  @Override
  public Outcome ec2InstanceMetadata(String profile) {
    String what = "Profile " + profile + " takes the role of the EC2 instance that jvault runs on";
    return host.noInstance()
        .<Outcome>map(why -> new Denied(Reason.PROFILE, what + ", but " + why + "."))
        .orElseGet(() ->
            within(
                what + ", but instance metadata gives none; is this an EC2 instance with a role?",
                this::instance));
  }

  @Override
  public Outcome ecsContainer(String profile) {
    String what = "Profile " + profile + " takes the role of the container that jvault runs in";
    return host.noContainer()
        .<Outcome>map(why -> new Denied(Reason.PROFILE, what + ", but " + why + "."))
        .orElseGet(() ->
            within(
                what
                    + ", but the container's endpoint gives none; check that the task or pod has a"
                    + " role.",
                this::container));
  }

  @Override
  public Outcome login(Hop.Login login, Path cache) {
    return awsLogin.credentials(login, cache);
  }

  @Override
  public Outcome refreshedLogin(Hop.Login login, Path cache) {
    return awsLogin.refreshed(login, cache);
  }

  @Override
  public void close() {
    PROPERTIES.forEach((variable, property) -> {
      if (environment.containsKey(variable)) {
        System.clearProperty(property);
      }
    });
  }

  private AwsCredentials instance() {
    var builder =
        InstanceProfileCredentialsProvider.builder()
            .asyncCredentialUpdateEnabled(false)
            .profileFile(SdkSettings.NO_PROFILES)
            .profileName("default");
    builder.endpoint(BoundedUrls.bounded(host.metadataEndpoint()));
    try (var provider = builder.build()) {
      return provider.resolveCredentials();
    }
  }

  /** Reads the token's file first, because the SDK's provider takes any file, for any time. */
  private AwsCredentials container() {
    try {
      if (!environment.getOrDefault(TOKEN_FILE, "").isEmpty()) {
        byte[] _ = files.read(Path.of(environment.getOrDefault(TOKEN_FILE, "")), LONGEST_TOKEN);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var provider =
        ContainerCredentialsProvider.builder()
            .endpoint(BoundedUrls.bounded(ECS))
            .asyncCredentialUpdateEnabled(false)
            .build()) {
      return provider.resolveCredentials();
    }
  }

  private Outcome within(String sentence, Supplier<AwsCredentials> call) {
    try {
      return CallWithTimeout.run(limits.total(), () -> answer(sentence, call));
    } catch (TimeoutException _) {
      return new Unavailable(sentence);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Unavailable(sentence);
    }
  }

  /** Drops the SDK's messages: they do not help a user, and may quote the answer. */
  private Outcome answer(String sentence, Supplier<AwsCredentials> call) {
    try {
      return SdkCredentials.session(call.get(), clock.instant(), skew)
          .<Outcome>map(Outcome.Issued::new)
          .orElseGet(() -> new Unavailable(sentence));
    } catch (RuntimeException _) {
      return new Unavailable(sentence);
    }
  }
}
