package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Reason;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.digest.Digests;
import dev.jvault.files.FileUnusableException;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.signin.auth.LoginCredentialsProvider;
import software.amazon.awssdk.services.signin.model.AccessDeniedException;
import software.amazon.awssdk.services.signin.model.OAuth2ErrorCode;

/**
 * Obtains the credentials of {@code aws login} from its cache. The SDK's provider reads the cache
 * each time; if they expire soon, it refreshes them and writes them back, as the AWS CLI does.
 */
final class AwsLoginCredentials {
  private static final int SERVER_ERROR = 500;
  private static final int LARGEST = 1 << 20;

  /** The SDK's own limit. */
  private static final Duration EXPIRES_SOON = Duration.ofMinutes(1);

  /** A login's credentials last 15 minutes, those of a future version perhaps some hours. */
  private static final Duration LONGER_THAN_ANY = Duration.ofDays(1);

  private final InstantSource clock;
  private final ClockSkew skew;
  private final CallLimits limits;
  private final SdkSettings settings;

  AwsLoginCredentials(InstantSource clock, ClockSkew skew, CallLimits limits) {
    this.clock = clock;
    this.skew = skew;
    this.limits = limits;
    this.settings = new SdkSettings(skew, limits);
  }

  /** The stored credentials, refreshed if they expire within a minute. */
  Outcome credentials(Hop.Login login, Path cache) {
    return within(login, cache, EXPIRES_SOON);
  }

  /** The credentials after a refresh, however long the stored ones are valid. */
  Outcome refreshed(Hop.Login login, Path cache) {
    return within(login, cache, LONGER_THAN_ANY);
  }

  private Outcome within(Hop.Login login, Path cache, Duration stale) {
    try {
      return CallWithTimeout.run(limits.total(), () -> answer(login, cache, stale));
    } catch (TimeoutException _) {
      return unreachable(login);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unreachable(login);
    }
  }

  private Outcome answer(Hop.Login login, Path cache, Duration stale) {
    Optional<Outcome> unusable = unusable(login, cache);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    try {
      return SdkCredentials.session(ask(login, cache, stale), clock.instant(), skew)
          .<Outcome>map(Outcome.Issued::new)
          .orElseGet(() -> loginAgain(login, "has ended"));
    } catch (RuntimeException e) {
      return outcome(login, e);
    }
  }

  /** Reads the cached login first, because the SDK's provider takes any file, for any time. */
  private Optional<Outcome> unusable(Hop.Login login, Path cache) {
    Path file =
        cache.resolve(HexFormat.of().formatHex(Digests.sha256(login.loginSession())) + ".json");
    try {
      byte[] _ = settings.files().read(file, LARGEST);
      return Optional.empty();
    } catch (FileUnusableException e) {
      String sentence =
          "The login of profile %s cannot be used: %s %s."
              .formatted(login.profile(), file, e.fault().clause());
      return Optional.of(
          e.fault() == FileUnusableException.Fault.NO_ANSWER
              ? new Unavailable(sentence)
              : new Denied(Reason.PROFILE, sentence));
    } catch (IOException _) {
      // The provider says what is wrong.
      return Optional.empty();
    }
  }

  private AwsCredentials ask(Hop.Login login, Path cache, Duration stale) {
    try (SigninClient client = client(login.signin());
        var provider =
            LoginCredentialsProvider.builder()
                .signinClient(client)
                .loginSession(login.loginSession())
                .tokenCacheLocation(cache)
                // If they are stale by this, the provider refreshes them.
                .staleTime(stale)
                .asyncCredentialUpdateEnabled(false)
                .build()) {
      return provider.resolveCredentials();
    }
  }

  /** Goes by the types of the causes, because their messages may change. */
  private static Outcome outcome(Hop.Login login, RuntimeException e) {
    Optional<JvaultException> wrongTarget = Causes.find(e, JvaultException.class);
    if (wrongTarget.isPresent()) {
      return new Denied(Reason.PROFILE, wrongTarget.get().sentence());
    }
    Optional<AccessDeniedException> denied = Causes.find(e, AccessDeniedException.class);
    if (denied.isPresent()) {
      return denied.get().error() == OAuth2ErrorCode.INSUFFICIENT_PERMISSIONS
          ? new Denied(
              Reason.ACCESS_DENIED,
              "The login of profile %s may not be refreshed: the user lacks the permission signin:CreateOAuth2Token; ask for it."
                  .formatted(login.profile()))
          : loginAgain(login, "has ended");
    }
    Optional<AwsServiceException> refused = Causes.find(e, AwsServiceException.class);
    if (refused.isPresent()) {
      return refused.get().statusCode() >= SERVER_ERROR
          ? new Unavailable(
              "AWS's sign-in failed with HTTP %d when jvault refreshed the login of profile %s; try again shortly."
                  .formatted(refused.get().statusCode(), login.profile()))
          : loginAgain(login, "cannot be refreshed");
    }
    if (Causes.find(e, OversizedAnswerException.class).isPresent()) {
      return new Unavailable(
          "AWS's sign-in answered with more than 64 KiB, which AWS never does, when jvault refreshed the login of profile %s; check endpoint_url, and that no proxy or login page is in the way."
              .formatted(login.profile()));
    }
    return Causes.find(e, IOException.class).filter(AwsLoginCredentials::isNetwork).isPresent()
        ? unreachable(login)
        : loginAgain(login, "is missing from the AWS CLI's cache or incomplete");
  }

  /** Whether the network failed; a failure to read the cache is an {@code IOException} too. */
  private static boolean isNetwork(IOException e) {
    return e instanceof SocketException
        || e instanceof InterruptedIOException
        || e instanceof UnknownHostException
        || e instanceof SSLException;
  }

  private static Outcome loginAgain(Hop.Login login, String what) {
    return new Denied(
        Reason.PROFILE,
        "The login of profile %1$s %2$s; run `aws login --profile %1$s`."
            .formatted(login.profile(), what));
  }

  private static Outcome unreachable(Hop.Login login) {
    return new Unavailable(
        "AWS's sign-in does not answer, so the login of profile %s cannot be refreshed; check the network connection and proxy."
            .formatted(login.profile()));
  }

  private SigninClient client(ServiceTarget target) {
    return settings
        .apply(SigninClient.builder(), target, ServiceEndpoint.of(AwsService.SIGNIN, target))
        .build();
  }
}
