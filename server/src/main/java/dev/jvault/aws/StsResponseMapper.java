package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.IssuedLimits;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Issued;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** Translates answers of STS into outcomes. */
final class StsResponseMapper {
  private static final Pattern ACCOUNT =
      Pattern.compile("arn:[^:]*:(?:iam|sts):[^:]*:(\\d{12}):.*");

  private final InstantSource clock;
  private final ClockSkew skew;

  StsResponseMapper(InstantSource clock, ClockSkew skew) {
    this.clock = clock;
    this.skew = skew;
  }

  /** Takes the account from the MFA device's ARN, because the answer does not name it. */
  Outcome session(GetSessionTokenResponse response, Optional<String> mfaSerial) {
    Optional<String> account = mfaSerial.flatMap(StsResponseMapper::account);
    return issued(response.credentials(), account, Optional.empty());
  }

  Outcome federated(GetFederationTokenResponse response) {
    Optional<String> account =
        Optional.ofNullable(response.federatedUser())
            .map(user -> user.arn())
            .flatMap(StsResponseMapper::account);
    return issued(response.credentials(), account, Optional.empty());
  }

  Outcome role(AssumeRoleResponse response, String roleArn) {
    return role(response.assumedRoleUser(), response.credentials(), roleArn);
  }

  Outcome role(AssumeRoleWithWebIdentityResponse response, String roleArn) {
    return role(response.assumedRoleUser(), response.credentials(), roleArn);
  }

  private Outcome role(
      @Nullable AssumedRoleUser assumedUser, @Nullable Credentials credentials, String roleArn) {
    var user = Optional.ofNullable(assumedUser);
    Optional<String> account =
        user.map(assumed -> assumed.arn())
            .flatMap(StsResponseMapper::account)
            .or(() -> account(roleArn));
    return issued(credentials, account, Optional.of(roleArn));
  }

  private Outcome issued(
      @Nullable Credentials given, Optional<String> accountId, Optional<String> roleArn) {
    if (given == null || given.expiration() == null || !complete(given)) {
      return new Unavailable(
          "STS answered without complete credentials; check endpoint_url, and that no proxy is in"
              + " the way.");
    }
    Instant now = clock.instant();
    Instant end = skew.endHere(given.expiration());
    Optional<String> fault =
        IssuedLimits.fault(given.accessKeyId(), given.secretAccessKey(), given.sessionToken())
            .or(() -> IssuedLimits.fault(end, now));
    if (fault.isPresent()) {
      return new Unavailable(
          "STS " + fault.get() + "; check endpoint_url, and that no proxy is in the way.");
    }
    if (!end.isAfter(now)) {
      return new Unavailable(alreadyExpired());
    }
    var key = new AccessKey(given.accessKeyId(), Secret.of(given.secretAccessKey()));
    return new Issued(
        new SessionCredentials(key, Secret.of(given.sessionToken()), now, end, accountId, roleArn));
  }

  private String alreadyExpired() {
    return skew.large()
        ? "The new session counts as expired at once, because this machine's clock is "
            + skew
            + "; set the clock and try again."
        : "STS issued a session that has expired already; check endpoint_url.";
  }

  private static boolean complete(Credentials given) {
    return Stream.of(given.accessKeyId(), given.secretAccessKey(), given.sessionToken())
        .noneMatch(part -> part == null || part.isBlank());
  }

  private static Optional<String> account(String arn) {
    Matcher matcher = ACCOUNT.matcher(arn);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
