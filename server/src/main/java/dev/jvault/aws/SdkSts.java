package dev.jvault.aws;

import dev.jvault.aws.RequestDescription.Signer;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.MfaCodeText;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Reason;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.scheme.StsAuthSchemeProvider;

/** STS through the AWS SDK. Thread-safe, also for virtual threads. */
public final class SdkSts implements Sts, AutoCloseable {
  private static final Denied MALFORMED_CODE =
      new Denied(
          Reason.MFA_REFUSED, "An MFA code has six digits; type the one that the device shows.");

  private final CallLimits limits;
  private final RoleDurationLimits roleLimits = new RoleDurationLimits();
  private final SdkClients<StsClient> clients;
  private final StsResponseMapper responses;
  private final StsErrorMapper errors;
  private final NetworkErrorMapper networkErrors;
  private final CallerIdentity identity;

  /**
   * STS with the default limits: 5 seconds to connect, 30 for a call with all its attempts.
   *
   * @param skew is updated with each answer
   */
  public SdkSts(InstantSource clock, ClockSkew skew) {
    this(clock, skew, CallLimits.DEFAULT);
  }

  SdkSts(InstantSource clock, ClockSkew skew, CallLimits limits) {
    this.limits = limits;
    var settings = new SdkSettings(skew, limits);
    this.clients =
        new SdkClients<>(
            settings.files(),
            (target, endpoint) ->
                settings
                    .apply(StsClient.builder(), target, endpoint)
                    .authSchemeProvider(StsAuthSchemeProvider.defaultProvider())
                    .build());
    this.responses = new StsResponseMapper(clock, skew);
    this.errors = new StsErrorMapper(skew);
    this.networkErrors = new NetworkErrorMapper(limits);
    this.identity = new CallerIdentity(limits, errors);
  }

  @Override
  public Outcome getSessionToken(
      AccessKey key, Hop.SessionToken hop, Optional<Sts.MfaTokenCode> mfa) {
    Optional<Secret> mfaCode = mfa.map(Sts.MfaTokenCode::code);
    if (mfaCode.filter(SdkSts::isMalformed).isPresent()) {
      return MALFORMED_CODE;
    }
    return ask(
        hop.sts(),
        Signer.of(key),
        "a session for the key",
        "check the user's permissions and the session's duration",
        sending(mfa),
        client ->
            responses.session(
                client.getSessionToken(StsRequests.getSessionToken(key, hop, mfaCode)),
                hop.mfa().map(MfaDevice::serial)));
  }

  @Override
  public Outcome getFederationToken(AccessKey key, Hop.FederationToken hop) {
    return ask(
        hop.sts(),
        Signer.of(key),
        "a federated session for the key",
        "check that the user's policies allow sts:GetFederationToken on"
            + " federated-user/%s, and the session's policies and duration"
                .formatted(hop.userName()),
        () -> {},
        client ->
            responses.federated(
                client.getFederationToken(StsRequests.getFederationToken(key, hop))));
  }

  @Override
  public Outcome assumeRole(
      SigningCredentials below, Hop.AssumeRole hop, Optional<Sts.MfaTokenCode> mfa) {
    if (mfa.map(Sts.MfaTokenCode::code).filter(SdkSts::isMalformed).isPresent()) {
      return MALFORMED_CODE;
    }
    return ask(
        hop.sts(),
        Signer.of(below),
        "the role " + hop.roleArn() + " of profile " + hop.profile(),
        "check the role's trust policy and the profile's role_arn, external_id, mfa_serial and"
            + " duration_seconds",
        sending(mfa),
        client ->
            roleLimits.within(
                hop.roleArn(),
                hop.duration(),
                duration ->
                    responses.role(
                        client.assumeRole(StsRequests.assumeRole(below, hop, duration, mfa)),
                        hop.roleArn())));
  }

  @Override
  public Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop) {
    Outcome outcome =
        ask(
            hop.sts(),
            Signer.WEB_IDENTITY,
            "the role " + hop.roleArn() + " of profile " + hop.profile(),
            "check the token's issuer and audience, and the role's trust policy",
            () -> {},
            client ->
                roleLimits.within(
                    hop.roleArn(),
                    hop.duration(),
                    duration ->
                        responses.role(
                            client.assumeRoleWithWebIdentity(
                                StsRequests.assumeRoleWithWebIdentity(token, hop, duration)),
                            hop.roleArn())));
    // Unavailable and not denied: the issuer replaces the token, so a later attempt may succeed.
    return outcome instanceof Denied denied && denied.reason() == Reason.EXPIRED
        ? new Outcome.Unavailable(
            "AWS says that the web identity token of profile %s has expired; have its issuer write a new one."
                .formatted(hop.profile()))
        : outcome;
  }

  @Override
  public KeyCheck whose(SigningCredentials key, ServiceTarget target) {
    try {
      ServiceEndpoint endpoint = ServiceEndpoint.of(AwsService.STS, target);
      var request =
          new RequestDescription(
              "the key's identity", "check the endpoint", Signer.of(key), endpoint.host(), target);
      return identity.of(key, clients.client(target, endpoint), request);
    } catch (JvaultException e) {
      return new KeyCheck.Unchecked(e.sentence());
    }
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

  private static Runnable sending(Optional<Sts.MfaTokenCode> mfa) {
    return mfa.map(Sts.MfaTokenCode::sending).orElse(() -> {});
  }

  private Outcome ask(
      ServiceTarget target,
      Signer signer,
      String what,
      String advice,
      Runnable sending,
      Call call) {
    ServiceEndpoint endpoint;
    StsClient client;
    try {
      endpoint = ServiceEndpoint.of(AwsService.STS, target);
      client = clients.client(target, endpoint);
    } catch (JvaultException e) {
      return new Denied(Reason.PROFILE, e.sentence());
    }
    var request = new RequestDescription(what, advice, signer, endpoint.host(), target);
    return inTime(
        request, () -> Transmission.observed(sending, () -> outcome(request, client, call)));
  }

  private Outcome outcome(RequestDescription request, StsClient client, Call call) {
    try {
      return call.on(client);
    } catch (AwsServiceException e) {
      return errors.outcome(e, request);
    } catch (SdkException e) {
      return networkErrors.outcome(e, request);
    }
  }

  private Outcome inTime(RequestDescription request, Callable<Outcome> call) {
    try {
      return CallWithTimeout.run(limits.total(), call);
    } catch (TimeoutException _) {
      return networkErrors.timeout(request);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return networkErrors.interruption(request);
    }
  }

  /**
   * Refused here, because AWS would repeat in its error what the user typed, perhaps a password.
   */
  private static boolean isMalformed(Secret code) {
    return !MfaCodeText.isCode(code);
  }

  @FunctionalInterface
  private interface Call {
    Outcome on(StsClient client);
  }
}
