package dev.jvault.aws;

import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Outcome;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks AWS whose a key is. Takes five seconds at most, because a person waits for the answer. */
final class CallerIdentity {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /** IAM's limit for an ARN is 2,048 characters. */
  private static final Pattern ARN = Pattern.compile("[\\x21-\\x7e]{1,2048}");

  private final CallLimits limits;
  private final StsErrorMapper errors;
  private final NetworkErrorMapper networkErrors;

  CallerIdentity(CallLimits limits, StsErrorMapper errors) {
    Duration total = limits.total().compareTo(LONGEST) < 0 ? limits.total() : LONGEST;
    this.limits = new CallLimits(limits.connect(), limits.read(), total, limits.attempts());
    this.errors = errors;
    this.networkErrors = new NetworkErrorMapper(this.limits);
  }

  KeyCheck of(SigningCredentials key, StsClient client, RequestDescription request) {
    try {
      return CallWithTimeout.run(limits.total(), () -> answer(key, client, request));
    } catch (TimeoutException _) {
      return new KeyCheck.Unchecked(networkErrors.timeout(request).sentence());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new KeyCheck.Unchecked(networkErrors.interruption(request).sentence());
    }
  }

  private KeyCheck answer(SigningCredentials key, StsClient client, RequestDescription request) {
    try {
      GetCallerIdentityResponse identity =
          client.getCallerIdentity(StsRequests.getCallerIdentity(key));
      return !matches(identity.account(), ACCOUNT) || !matches(identity.arn(), ARN)
          ? new KeyCheck.Unchecked(request.host() + " does not say whose the key is.")
          : new KeyCheck.Known(identity.account(), identity.arn());
    } catch (AwsServiceException e) {
      return refusal(e, request);
    } catch (SdkException e) {
      return new KeyCheck.Unchecked(networkErrors.outcome(e, request).sentence());
    }
  }

  private static boolean matches(@Nullable String text, Pattern form) {
    return text != null && form.matcher(text).matches();
  }

  private KeyCheck refusal(AwsServiceException e, RequestDescription request) {
    return switch (errors.outcome(e, request)) {
      case Outcome.Denied denied when denied.reason() == Outcome.Reason.INVALID_KEY ->
          new KeyCheck.UnknownId();
      case Outcome.Denied denied when denied.reason() == Outcome.Reason.WRONG_SECRET ->
          new KeyCheck.WrongSecret();
      case Outcome.Denied denied -> new KeyCheck.Unchecked(denied.sentence());
      case Outcome.Unavailable unavailable -> new KeyCheck.Unchecked(unavailable.sentence());
      case Outcome.Issued _, Outcome.NeedsPerson _ ->
          throw new IllegalStateException("a refusal issues nothing");
    };
  }
}
