package dev.jvault.aws;

import dev.jvault.console.Federation;
import dev.jvault.credential.ClockSkew;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * The federation endpoint, over the HTTP client of the other services: their proxies, certificates
 * and limits. No SDK client knows its request. Thread-safe, also for virtual threads.
 */
public final class SdkFederation implements Federation {
  private static final int OK = 200;

  private final SdkSettings settings;
  private final NetworkErrorMapper networkErrors;

  /** The endpoint with the usual limits. */
  public SdkFederation(ClockSkew skew) {
    this(skew, CallLimits.DEFAULT);
  }

  SdkFederation(ClockSkew skew, CallLimits limits) {
    this.settings = new SdkSettings(skew, limits);
    this.networkErrors = new NetworkErrorMapper(limits);
  }

  @Override
  public Answer signinToken(Request request) {
    var described = description(request);
    try {
      return CallWithTimeout.run(settings.limits().total(), () -> answer(request, described));
    } catch (TimeoutException _) {
      return new Answer.Unavailable(networkErrors.timeout(described).sentence());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable(networkErrors.interruption(described).sentence());
    }
  }

  private Answer answer(Request request, RequestDescription described) {
    try (SdkHttpClient client = settings.http(request.target())) {
      HttpExecuteResponse response =
          client.prepareRequest(HttpExecuteRequest.builder().request(http(request)).build()).call();
      try (InputStream body = body(response)) {
        int status = response.httpResponse().statusCode();
        return status == OK ? token(body, described) : refusal(status, request, described);
      }
    } catch (JvaultException e) {
      return new Answer.Refused(e.sentence(), false);
    } catch (IOException | RuntimeException e) {
      // Without its message: the JDK quotes the URL, which holds the session.
      return new Answer.Unavailable(
          networkErrors.outcome(SdkClientException.create("", e), described).sentence());
    }
  }

  private static InputStream body(HttpExecuteResponse response) {
    return response
        .responseBody()
        .<InputStream>map(body -> body)
        .orElseGet(InputStream::nullInputStream);
  }

  private static SdkHttpFullRequest http(Request request) {
    var http =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(request.endpoint().federation())
            .putHeader("Accept", "application/json")
            .putHeader("User-Agent", "jvault")
            .putRawQueryParameter("Action", "getSigninToken")
            .putRawQueryParameter("Session", session(request.session()));
    request
        .duration()
        .ifPresent(
            span -> http.putRawQueryParameter("SessionDuration", Long.toString(span.toSeconds())));
    return http.build();
  }

  private static String session(SessionCredentials session) {
    return new String(
        JsonText.object(json -> {
          JsonText.member(json, "sessionId", session.accessKeyId());
          JsonText.member(json, "sessionKey", session.secretAccessKey().reveal());
          JsonText.member(json, "sessionToken", session.token().reveal());
        }),
        StandardCharsets.UTF_8);
  }

  private static Answer token(InputStream body, RequestDescription described) throws IOException {
    try (JsonReader reader = JsonText.reader(body.readAllBytes())) {
      String token = "";
      reader.beginObject();
      while (reader.hasNextField()) {
        if (reader.nextField().equals("SigninToken")) {
          token = reader.readString();
        } else {
          reader.skipValue();
        }
      }
      reader.endObject();
      return token == null || token.isEmpty()
          ? notAws(described)
          : new Answer.Token(Secret.of(token));
    } catch (JsonException | IllegalStateException _) {
      return notAws(described);
    }
  }

  private static Answer refusal(int status, Request request, RequestDescription described) {
    String host = described.host();
    return switch (status) {
      case 400 ->
          new Answer.Refused(
              "%s does not take the session of %s (HTTP 400): it has ended, or it is of another partition or kind; run `jvault clear %s` and try again, and check --region."
                  .formatted(host, request.profile(), request.profile()),
              true);
      case 401, 403 ->
          new Answer.Refused(
              "%s refuses a console for the session of %s (HTTP %d); ask whether your organization allows the console from here."
                  .formatted(host, request.profile(), status),
              false);
      case 429 ->
          new Answer.Unavailable(host + " has too many requests at the moment; try again shortly.");
      default ->
          status >= 500
              ? new Answer.Unavailable(
                  host + " failed with HTTP " + status + "; try again shortly.")
              : new Answer.Unavailable(
                  "%s answered HTTP %d and not as AWS does; check AWS_ENDPOINT_URL_SIGNIN, and that no proxy or login page is in the way."
                      .formatted(host, status));
    };
  }

  private static Answer notAws(RequestDescription described) {
    return new Answer.Unavailable(
        described.host()
            + " answered something that is not AWS's; check AWS_ENDPOINT_URL_SIGNIN, and that no"
            + " proxy or login page is in the way.");
  }

  private static RequestDescription description(Request request) {
    var base = request.endpoint().base();
    String host = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    return new RequestDescription(
        "a sign-in token", "", RequestDescription.Signer.NONE, host, request.target());
  }
}
