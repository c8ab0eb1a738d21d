package dev.jvault.aws;

import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.SessionLimits;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** Builds the STS requests of hops. */
final class StsRequests {
  private StsRequests() {}

  static GetSessionTokenRequest getSessionToken(
      AccessKey key, Hop.SessionToken hop, Optional<Secret> mfaCode) {
    var request =
        GetSessionTokenRequest.builder()
            .durationSeconds(Math.toIntExact(hop.duration().toSeconds()))
            .overrideConfiguration(signedWith(key));
    hop.mfa().map(MfaDevice::serial).ifPresent(request::serialNumber);
    mfaCode.map(Secret::reveal).ifPresent(request::tokenCode);
    return request.build();
  }

  static GetFederationTokenRequest getFederationToken(AccessKey key, Hop.FederationToken hop) {
    var request =
        GetFederationTokenRequest.builder()
            .name(hop.userName())
            .durationSeconds(Math.toIntExact(hop.duration().toSeconds()))
            .overrideConfiguration(signedWith(key));
    hop.limits().policy().ifPresent(request::policy);
    arns(hop.limits()).ifPresent(request::policyArns);
    return request.build();
  }

  static GetCallerIdentityRequest getCallerIdentity(SigningCredentials key) {
    return GetCallerIdentityRequest.builder().overrideConfiguration(signedWith(key)).build();
  }

  static AssumeRoleRequest assumeRole(
      SigningCredentials signer,
      Hop.AssumeRole hop,
      Duration duration,
      Optional<Sts.MfaTokenCode> mfa) {
    var request =
        AssumeRoleRequest.builder()
            .roleArn(hop.roleArn())
            .roleSessionName(hop.sessionName())
            .durationSeconds(Math.toIntExact(duration.toSeconds()))
            .overrideConfiguration(signedWith(signer));
    RoleOptions options = hop.options();
    options.externalId().ifPresent(request::externalId);
    options.sourceIdentity().ifPresent(request::sourceIdentity);
    if (!options.tags().isEmpty()) {
      request.tags(options.tags().entrySet().stream().map(StsRequests::tag).toList());
    }
    if (!options.transitiveTags().isEmpty()) {
      request.transitiveTagKeys(options.transitiveTags());
    }
    mfa.ifPresent(code -> request.serialNumber(code.serial()).tokenCode(code.code().reveal()));
    return request.build();
  }

  static AssumeRoleWithWebIdentityRequest assumeRoleWithWebIdentity(
      Secret token, Hop.WebIdentity hop, Duration duration) {
    return AssumeRoleWithWebIdentityRequest.builder()
        .roleArn(hop.roleArn())
        .roleSessionName(hop.sessionName())
        .durationSeconds(Math.toIntExact(duration.toSeconds()))
        .webIdentityToken(token.reveal())
        .build();
  }

  /** The managed policies; empty and not an empty list, which would be another request. */
  private static Optional<List<PolicyDescriptorType>> arns(SessionLimits limits) {
    return Optional.of(
            limits.policyArns().stream()
                .map(arn -> PolicyDescriptorType.builder().arn(arn).build())
                .toList())
        .filter(arns -> !arns.isEmpty());
  }

  private static Tag tag(Map.Entry<String, String> tag) {
    return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
  }

  /** Signs one request with these credentials. */
  static AwsRequestOverrideConfiguration signedWith(SigningCredentials signer) {
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
}
