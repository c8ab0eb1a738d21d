package dev.jvault.aws;

import dev.jvault.aws.RequestDescription.Signer;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Iam;
import dev.jvault.credential.Iam.Answer.Done;
import dev.jvault.credential.Iam.Answer.Failed;
import dev.jvault.credential.Outcome;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.auth.scheme.IamAuthSchemeProvider;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.StatusType;

/** IAM through the AWS SDK. Thread-safe, also for virtual threads. */
public final class SdkIam implements Iam, AutoCloseable {
  private static final Nothing NOTHING = new Nothing();

  private final CallLimits limits;
  private final SdkClients<IamClient> clients;
  private final StsErrorMapper errors;
  private final NetworkErrorMapper networkErrors;

  /**
   * IAM with the default limits.
   *
   * @param skew is updated with each answer
   */
  public SdkIam(ClockSkew skew) {
    this.limits = CallLimits.DEFAULT;
    var settings = new SdkSettings(skew, limits);
    this.clients =
        new SdkClients<>(
            settings.files(),
            (target, endpoint) ->
                settings
                    .apply(IamClient.builder(), target, endpoint)
                    .authSchemeProvider(IamAuthSchemeProvider.defaultProvider())
                    .build());
    this.errors = new StsErrorMapper(skew);
    this.networkErrors = new NetworkErrorMapper(limits);
  }

  @Override
  public Answer<NewKey> create(Caller caller) {
    return ask(
        caller,
        "iam:CreateAccessKey",
        client ->
            made(
                client.createAccessKey(request -> {
                  request.overrideConfiguration(StsRequests.signedWith(caller.signer()));
                  caller.userName().ifPresent(request::userName);
                })));
  }

  @Override
  public Answer<List<ListedKey>> list(Caller caller) {
    return ask(
        caller,
        "iam:ListAccessKeys",
        client ->
            new Done<>(
                client
                    .listAccessKeys(request -> {
                      request.overrideConfiguration(StsRequests.signedWith(caller.signer()));
                      caller.userName().ifPresent(request::userName);
                    })
                    .accessKeyMetadata()
                    .stream()
                    .flatMap(one -> listed(one).stream())
                    .toList()));
  }

  @Override
  public Answer<Nothing> deactivate(Caller caller, String accessKeyId) {
    return ask(
        caller,
        "iam:UpdateAccessKey",
        client -> {
          var _ =
              client.updateAccessKey(request -> {
                request.overrideConfiguration(StsRequests.signedWith(caller.signer()));
                caller.userName().ifPresent(request::userName);
                request.accessKeyId(accessKeyId).status(StatusType.INACTIVE);
              });
          return new Done<>(NOTHING);
        });
  }

  @Override
  public Answer<Nothing> delete(Caller caller, String accessKeyId) {
    return ask(
        caller,
        "iam:DeleteAccessKey",
        client -> {
          var _ =
              client.deleteAccessKey(request -> {
                request.overrideConfiguration(StsRequests.signedWith(caller.signer()));
                caller.userName().ifPresent(request::userName);
                request.accessKeyId(accessKeyId);
              });
          return new Done<>(NOTHING);
        });
  }

  @Override
  public void close() {
    clients.close();
  }

  private static Answer<NewKey> made(CreateAccessKeyResponse response) {
    var key = response.accessKey();
    return key == null || blank(key.accessKeyId()) || blank(key.secretAccessKey())
        ? new Failed<>(
            Fault.UNAVAILABLE,
            "IAM answered without a complete key; check endpoint_url, and that no proxy is in the"
                + " way.")
        : new Done<>(
            new NewKey(
                new AccessKey(key.accessKeyId(), Secret.of(key.secretAccessKey())),
                Optional.ofNullable(key.createDate()).orElse(Instant.EPOCH)));
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static Optional<ListedKey> listed(AccessKeyMetadata key) {
    return key.accessKeyId() == null || key.createDate() == null
        ? Optional.empty()
        : Optional.of(
            new ListedKey(key.accessKeyId(), key.status() == StatusType.ACTIVE, key.createDate()));
  }

  private <T> Answer<T> ask(Caller caller, String action, Function<IamClient, Answer<T>> call) {
    ServiceEndpoint endpoint;
    IamClient client;
    try {
      endpoint = ServiceEndpoint.of(AwsService.IAM, caller.target());
      client = clients.client(caller.target(), endpoint);
    } catch (JvaultException e) {
      return new Failed<>(Fault.REFUSED, e.sentence());
    }
    var request =
        new RequestDescription(
            action,
            "check the user's policies",
            Signer.of(caller.signer()),
            endpoint.host(),
            caller.target());
    try {
      return CallWithTimeout.run(limits.total(), () -> answer(request, client, call));
    } catch (TimeoutException _) {
      return failed(Fault.UNAVAILABLE, networkErrors.timeout(request));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed(Fault.UNAVAILABLE, networkErrors.interruption(request));
    }
  }

  private <T> Answer<T> answer(
      RequestDescription request, IamClient client, Function<IamClient, Answer<T>> call) {
    try {
      return call.apply(client);
    } catch (AwsServiceException e) {
      Outcome outcome = errors.outcome(e, request);
      return failed(fault(SsoCalls.code(e), outcome), outcome);
    } catch (SdkException e) {
      return failed(Fault.UNAVAILABLE, networkErrors.outcome(e, request));
    }
  }

  private static Fault fault(String code, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unavailable _ -> Fault.UNAVAILABLE;
      case Outcome.Denied denied when denied.reason() == Outcome.Reason.INVALID_KEY ->
          Fault.UNKNOWN_SIGNER;
      case Outcome.Denied _ when code.startsWith("LimitExceeded") -> Fault.TWO_KEYS;
      case Outcome.Denied _ when code.startsWith("NoSuchEntity") -> Fault.NO_SUCH_KEY;
      case Outcome.Denied denied when denied.reason() == Outcome.Reason.ACCESS_DENIED ->
          Fault.NOT_ALLOWED;
      default -> Fault.REFUSED;
    };
  }

  private static <T> Answer<T> failed(Fault fault, Outcome outcome) {
    return new Failed<>(
        fault,
        switch (outcome) {
          case Outcome.Denied denied -> denied.sentence();
          case Outcome.Unavailable unavailable -> unavailable.sentence();
          case Outcome.Issued _, Outcome.NeedsPerson _ ->
              throw new IllegalStateException("a failure issues nothing");
        });
  }
}
