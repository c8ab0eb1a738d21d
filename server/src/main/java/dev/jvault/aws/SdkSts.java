package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Reason;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.scheme.StsAuthSchemeProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS through the AWS SDK. Safe for many threads, virtual ones too. */
public final class SdkSts implements Sts, AutoCloseable {
  private static final Pattern MFA_CODE = Pattern.compile("[0-9]{6}");
  private static final Denied NO_CODE =
      new Denied(
          Reason.MFA_REFUSED, "An MFA code has six digits; type the one that the device shows.");

  private final CallLimits limits;
  private final RoleDurationLimits roleLimits = new RoleDurationLimits();
  private final SdkClients<StsClient> clients;
  private final StsResponseMapper answers;
  private final StsErrorMapper refusals;
  private final NetworkErrorMapper troubles;

  /**
   * STS with the usual limits: 5 seconds to connect, 30 for a whole call with its repetitions.
   *
   * @param skew is kept up to date with every answer
   */
  public SdkSts(InstantSource clock, ClockSkew skew) {
    this(clock, skew, CallLimits.USUAL);
  }

  SdkSts(InstantSource clock, ClockSkew skew, CallLimits limits) {
    this.limits = limits;
    var settings = new SdkSettings(clock, skew, limits);
    this.clients =
        new SdkClients<>((target, endpoint) ->
            settings
                .apply(StsClient.builder(), target, endpoint)
                .authSchemeProvider(StsAuthSchemeProvider.defaultProvider())
                .build());
    this.answers = new StsResponseMapper(clock, skew);
    this.refusals = new StsErrorMapper(skew);
    this.troubles = new NetworkErrorMapper(limits);
  }

  @Override
  public Outcome getSessionToken(AccessKey key, Hop.SessionToken hop, Optional<Secret> mfaCode) {
    if (mfaCode.filter(SdkSts::isNone).isPresent()) {
      return NO_CODE;
    }
    return ask(
        hop.sts(),
        RequestDescription.signer(key),
        "a session for the key",
        "check the user's permissions and the session's duration",
        client -> getSessionToken(client, key, hop, mfaCode));
  }

  @Override
  public Outcome assumeRole(
      SigningCredentials below, Hop.AssumeRole hop, Optional<Sts.MfaTokenCode> mfa) {
    if (mfa.map(Sts.MfaTokenCode::code).filter(SdkSts::isNone).isPresent()) {
      return NO_CODE;
    }
    return ask(
        hop.sts(),
        RequestDescription.signer(below),
        "the role " + hop.roleArn() + " of profile " + hop.profile(),
        "check the role's trust policy and the profile's role_arn, external_id, mfa_serial and"
            + " duration_seconds",
        client ->
            roleLimits.within(
                hop.roleArn(),
                hop.duration(),
                duration -> assumeRole(client, below, hop, duration, mfa)));
  }

  @Override
  public Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop) {
    Outcome outcome =
        ask(
            hop.sts(),
            "the web identity token",
            "the role " + hop.roleArn() + " of profile " + hop.profile(),
            "check the token's issuer and audience, and the role's trust policy",
            client ->
                roleLimits.within(
                    hop.roleArn(),
                    hop.duration(),
                    duration -> assumeRole(client, token, hop, duration)));
    // Its issuer replaces it, so another try may succeed.
    return outcome instanceof Denied denied && denied.reason() == Reason.EXPIRED
        ? new Outcome.Unavailable(
            "AWS says that the web identity token of profile %s has expired; have its issuer write a new one."
                .formatted(hop.profile()))
        : outcome;
  }

  @Override
  public Address address(ServiceTarget target) {
    ServiceEndpoint endpoint = ServiceEndpoint.of(AwsService.STS, target);
    return new Address(endpoint.url(), endpoint.signingRegion().id());
  }

  @Override
  public void close() {
    clients.close();
  }

  private Outcome ask(ServiceTarget target, String signer, String what, String advice, Call call) {
    ServiceEndpoint endpoint;
    StsClient client;
    try {
      endpoint = ServiceEndpoint.of(AwsService.STS, target);
      client = clients.client(target, endpoint);
    } catch (JvaultException e) {
      return new Denied(Reason.PROFILE, e.sentence());
    }
    var asked = new RequestDescription(what, advice, signer, endpoint.host(), target);
    return inTime(asked, () -> outcome(asked, client, call));
  }

  private Outcome outcome(RequestDescription asked, StsClient client, Call call) {
    try {
      return call.on(client);
    } catch (AwsServiceException e) {
      return refusals.outcome(e, asked);
    } catch (SdkException e) {
      return troubles.outcome(e, asked);
    }
  }

  private Outcome inTime(RequestDescription asked, Callable<Outcome> call) {
    try {
      return CallWithTimeout.within(limits.whole(), call);
    } catch (TimeoutException _) {
      return troubles.silence(asked);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return troubles.interruption(asked);
    }
  }

  private Outcome getSessionToken(
      StsClient client, AccessKey key, Hop.SessionToken hop, Optional<Secret> mfaCode) {
    var request =
        GetSessionTokenRequest.builder()
            .durationSeconds(Math.toIntExact(hop.duration().toSeconds()))
            .overrideConfiguration(signedWith(key));
    Optional<String> serial = hop.mfa().map(MfaDevice::serial);
    serial.ifPresent(request::serialNumber);
    mfaCode.map(Secret::reveal).ifPresent(request::tokenCode);
    return answers.session(client.getSessionToken(request.build()), serial);
  }

  private Outcome assumeRole(
      StsClient client,
      SigningCredentials below,
      Hop.AssumeRole hop,
      Duration duration,
      Optional<Sts.MfaTokenCode> mfa) {
    var request =
        AssumeRoleRequest.builder()
            .roleArn(hop.roleArn())
            .roleSessionName(hop.sessionName())
            .durationSeconds(Math.toIntExact(duration.toSeconds()))
            .overrideConfiguration(signedWith(below));
    RoleOptions options = hop.options();
    options.externalId().ifPresent(request::externalId);
    options.sourceIdentity().ifPresent(request::sourceIdentity);
    if (!options.tags().isEmpty()) {
      request.tags(options.tags().entrySet().stream().map(SdkSts::tag).toList());
    }
    if (!options.transitiveTags().isEmpty()) {
      request.transitiveTagKeys(options.transitiveTags());
    }
    mfa.ifPresent(
        answer -> request.serialNumber(answer.serial()).tokenCode(answer.code().reveal()));
    return answers.role(client.assumeRole(request.build()), hop.roleArn());
  }

  private Outcome assumeRole(
      StsClient client, Secret token, Hop.WebIdentity hop, Duration duration) {
    var request =
        AssumeRoleWithWebIdentityRequest.builder()
            .roleArn(hop.roleArn())
            .roleSessionName(hop.sessionName())
            .durationSeconds(Math.toIntExact(duration.toSeconds()))
            .webIdentityToken(token.reveal())
            .build();
    return answers.role(client.assumeRoleWithWebIdentity(request), hop.roleArn());
  }

  private static Tag tag(Map.Entry<String, String> tag) {
    return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
  }

  /** AWS would repeat what was typed, a password perhaps, in its refusal. */
  private static boolean isNone(Secret code) {
    return !MFA_CODE.matcher(code.reveal()).matches();
  }

  private static AwsRequestOverrideConfiguration signedWith(SigningCredentials signer) {
    String id = signer.accessKeyId();
    String secret = signer.secretAccessKey().reveal();
    AwsCredentials credentials =
        signer
            .sessionToken()
            .map(token -> (AwsCredentials) AwsSessionCredentials.create(id, secret, token.reveal()))
            .orElseGet(() -> AwsBasicCredentials.create(id, secret));
    return AwsRequestOverrideConfiguration.builder()
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  @FunctionalInterface
  private interface Call {
    Outcome on(StsClient client);
  }
}
