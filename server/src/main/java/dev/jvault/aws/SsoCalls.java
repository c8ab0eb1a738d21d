package dev.jvault.aws;

import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls a service of IAM Identity Center, and turns each result and failure into the caller's type.
 */
final class SsoCalls<C extends SdkClient> {
  private static final int SERVER_ERROR = 500;
  private static final String CODE = "[A-Za-z0-9_.:#/-]{1,128}";

  private final AwsService service;
  private final SdkClients<C> clients;
  private final CallLimits limits;
  private final NetworkErrorMapper networkErrors;

  SsoCalls(AwsService service, SdkClients<C> clients, CallLimits limits) {
    this.service = service;
    this.clients = clients;
    this.limits = limits;
    this.networkErrors = new NetworkErrorMapper(limits);
  }

  /**
   * Makes a call.
   *
   * @param call calls the service and converts its answer
   * @param refused converts an error that has a code
   * @param unavailable converts any other failure
   */
  <A> A ask(
      ServiceTarget target,
      Function<C, ? extends A> call,
      Function<AwsServiceException, ? extends A> refused,
      Function<Unavailable, ? extends A> unavailable) {
    C client;
    ServiceEndpoint endpoint;
    try {
      endpoint = ServiceEndpoint.of(service, target);
      client = clients.client(target, endpoint);
    } catch (JvaultException e) {
      return unavailable.apply(new Unavailable(e.sentence()));
    }
    var request =
        new RequestDescription(
            service.label(), "", RequestDescription.Signer.NONE, endpoint.host(), target);
    try {
      return CallWithTimeout.run(
          limits.total(), () -> answer(client, request, call, refused, unavailable));
    } catch (TimeoutException _) {
      return unavailable.apply(networkErrors.timeout(request));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unavailable.apply(networkErrors.interruption(request));
    }
  }

  private <A> A answer(
      C client,
      RequestDescription request,
      Function<C, ? extends A> call,
      Function<AwsServiceException, ? extends A> refused,
      Function<Unavailable, ? extends A> unavailable) {
    try {
      return call.apply(client);
    } catch (AwsServiceException e) {
      String code = code(e);
      if (e.isThrottlingException() || e.statusCode() == 429) {
        return unavailable.apply(
            new Unavailable(
                Unavailable.Kind.THROTTLED,
                request.host() + " has too many requests at the moment; try again shortly."));
      }
      if (e.statusCode() >= SERVER_ERROR) {
        return unavailable.apply(
            new Unavailable(
                request.host() + " failed with HTTP " + e.statusCode() + "; try again shortly."));
      }
      return code.isEmpty()
          ? unavailable.apply(
              new Unavailable(
                  request.host()
                      + " answered HTTP "
                      + e.statusCode()
                      + " and not as AWS does; check endpoint_url, and that no proxy or login page"
                      + " is in the way."))
          : refused.apply(e);
    } catch (SdkException e) {
      return unavailable.apply(networkErrors.outcome(e, request));
    }
  }

  /** The name of an error; an empty string if it has none, or none that could be AWS's. */
  static String code(AwsServiceException e) {
    var details = e.awsErrorDetails();
    return details != null && details.errorCode() != null && details.errorCode().matches(CODE)
        ? details.errorCode()
        : "";
  }
}
