package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Reason;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.protocol.PrintableText;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Translates error answers of STS into outcomes. The codes are those of the <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS API
 * reference</a>.
 */
final class StsErrorMapper {
  private static final int LONGEST_QUOTE = 240;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  private static final Set<String> UNKNOWN_KEY =
      Set.of(
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidAccessKeyId",
          "AuthFailure");
  private static final Set<String> WRONG_SECRET =
      Set.of("SignatureDoesNotMatch", "InvalidSignatureException");
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");
  private static final Set<String> CLOCK =
      Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");

  private final ClockSkew skew;

  StsErrorMapper(ClockSkew skew) {
    this.skew = skew;
  }

  Outcome outcome(AwsServiceException e, RequestDescription request) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = SsoCalls.code(e);
    String message = details == null ? "" : quote(details.errorMessage());
    if (code.isEmpty() && e.statusCode() < SERVER_ERROR) {
      return new Unavailable(
          request.host()
              + " answered HTTP "
              + e.statusCode()
              + " and not as STS does; check endpoint_url, and that no proxy or login page is in the"
              + " way.");
    }
    boolean key = UNKNOWN_KEY.contains(code) || WRONG_SECRET.contains(code);
    if (CLOCK.contains(code) || (key && skew.large())) {
      return new Unavailable(clock());
    }
    if (e.isThrottlingException()) {
      return new Unavailable(
          Unavailable.Kind.THROTTLED,
          request.host()
              + " has too many requests at the moment ("
              + code
              + "); try again shortly.");
    }
    if (e.statusCode() >= SERVER_ERROR) {
      return new Unavailable(
          request.host() + " failed with HTTP " + e.statusCode() + "; try again shortly.");
    }
    return denied(code, message, e.statusCode(), request);
  }

  private static Outcome denied(
      String code, String message, int status, RequestDescription request) {
    if (WRONG_SECRET.contains(code)) {
      return new Denied(
          Reason.WRONG_SECRET,
          "The secret does not belong to "
              + request.signer().name()
              + "; add the key again with jvault add, or correct the endpoint's region.");
    }
    if (UNKNOWN_KEY.contains(code)) {
      return new Denied(Reason.INVALID_KEY, unknownKey(request));
    }
    if (EXPIRED.contains(code)) {
      return new Denied(
          Reason.EXPIRED,
          "AWS says that " + request.signer().name() + " has expired; take a new session.");
    }
    if ("RegionDisabledException".equals(code)) {
      return new Denied(
          Reason.PROFILE,
          "STS is not activated in region "
              + request.target().region()
              + " for this account; activate it there or give the profile another region.");
    }
    if (message.toLowerCase(Locale.ROOT).contains("multifactorauthentication failed")) {
      return mfa(message);
    }
    if (code.startsWith("AccessDenied") || status == FORBIDDEN) {
      return new Denied(Reason.ACCESS_DENIED, refused(message, request));
    }
    return new Denied(Reason.PROFILE, refused(message.isEmpty() ? code : message, request));
  }

  private static Outcome mfa(String message) {
    if (message.contains("invalid MFA one time pass code")) {
      return new Denied(
          Reason.MFA_REFUSED,
          "AWS refused the MFA code; each code works once, so wait for the next one and try again.");
    }
    return new Denied(
        Reason.PROFILE,
        "AWS refused the MFA device (" + message + "); check the profile's mfa_serial.");
  }

  private static String refused(String message, RequestDescription request) {
    return "AWS refused "
        + request.what()
        + (message.isEmpty() ? "" : " (" + message + ")")
        + "; "
        + request.advice()
        + ".";
  }

  /** Names the causes that AWS does not tell apart. */
  private static String unknownKey(RequestDescription request) {
    String causes =
        request.signer().session()
            ? ": the account may not have enabled that region, or the key behind the session was"
                + " deactivated or deleted; check both in IAM."
            : ": a new key is known after some seconds, the account may not have enabled that"
                + " region, or the key was deactivated or deleted; check it in IAM, and if it is"
                + " gone store a valid one with `jvault add`.";
    return "AWS does not know " + request.signer().name() + " at " + request.host() + causes;
  }

  private String clock() {
    return skew.large()
        ? "AWS refused the request because this machine's clock is "
            + skew
            + "; set the clock and try again."
        : "AWS refused the request as too old or too early; check this machine's clock and try"
            + " again.";
  }

  /** AWS's message on one line, without the encoded part that is only for machines. */
  private static String quote(String message) {
    if (message == null) {
      return "";
    }
    String line =
        PrintableText.oneLine(
            message.replaceFirst("(?s)Encoded authorization failure message:.*", ""));
    String whole = line.replaceFirst("[.;:,]+$", "");
    return whole.length() <= LONGEST_QUOTE ? whole : whole.substring(0, LONGEST_QUOTE) + "…";
  }
}
