package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Denied;
import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StsErrorMapperTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | AccessDenied | User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole | ACCESS_DENIED | (User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole); check the role's trust policy
          403 | InvalidClientTokenId | The security token included in the request is invalid. | INVALID_KEY | AWS does not know the access key ending in MPLE
          403 | UnrecognizedClientException | The security token included in the request is invalid. | INVALID_KEY | AWS does not know the access key ending in MPLE
          403 | SignatureDoesNotMatch | The request signature we calculated does not match | WRONG_SECRET | The secret does not belong to the access key ending in MPLE
          403 | ExpiredToken | The security token included in the request is expired | EXPIRED | has expired
          403 | RegionDisabledException | STS is not activated in this region for account:1. | PROFILE | STS is not activated in region eu-west-1
          400 | ValidationError | The requested DurationSeconds exceeds the MaxSessionDuration set for this role. | PROFILE | (The requested DurationSeconds exceeds the MaxSessionDuration set for this role); check
          400 | MalformedPolicyDocument | no | PROFILE | AWS refused the role arn:aws:iam::210987654321:role/admin of profile child (no);
          403 | AccessDenied | MultiFactorAuthentication failed with invalid MFA one time pass code. | MFA_REFUSED | wait for the next one
          403 | AccessDenied | MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user. | PROFILE | check the profile's mfa_serial
          """)
  void explainsEachRefusalInASentence(
      int status, String code, String message, Outcome.Reason reason, String says)
      throws IOException {
    Outcome outcome = roleAnswered(status, StsXml.error(code, message));

    assertThat(outcome).isInstanceOf(Denied.class);
    assertThat(((Denied) outcome).reason()).isEqualTo(reason);
    assertThat(((Denied) outcome).sentence()).contains(says).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Throttling     | Rate exceeded  | too many requests at the moment
          503 | ServiceUnavailable | busy       | failed with HTTP 503
          500 | InternalFailure | oops          | failed with HTTP 500
          400 | RequestExpired | Request has expired. | check this machine's clock
          """)
  void isUnavailableAfterATransientError(int status, String code, String message, String says)
      throws IOException {
    assertThat(sentence(roleAnswered(status, StsXml.error(code, message)))).contains(says);
  }

  @Test
  @Attack("wrong-answers")
  void recognizesAnAnswerThatIsNotFromSts() throws IOException {
    assertThat(sentence(roleAnswered(404, "<html>no such page</html>")))
        .contains("answered HTTP 404 and not as STS does");
    assertThat(sentence(roleAnswered(200, "<html>please log in</html>")))
        .contains("without complete credentials");
    assertThat(sentence(roleAnswered(200, "please <b>log in"))).contains("is not AWS's");
  }

  @Test
  void omitsTheEncodedPartOfAMessage() throws IOException {
    String message =
        "You are not authorized. Encoded authorization failure message: " + "a".repeat(900);
    Denied denied = (Denied) roleAnswered(403, StsXml.error("AccessDenied", message));

    assertThat(denied.sentence()).contains("(You are not authorized)").doesNotContain("aaaa");

    denied = (Denied) roleAnswered(403, StsXml.error("AccessDenied", "b\n&#133;b".repeat(300)));

    assertThat(denied.sentence()).hasSizeLessThan(600).doesNotContain("\n", "\u0085");
  }

  @Test
  void blamesTheClockIfItExplainsTheRefusal() throws IOException {
    Instant twelveMinutesOn = CLOCK.instant().plus(Duration.ofMinutes(12));
    try (var server =
            new ScriptedServer((_, _) ->
                answer(
                    403,
                    StsXml.error("SignatureDoesNotMatch", "Signature expired"),
                    "Date: " + HttpDate.of(twelveMinutesOn)));
        var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .contains("this machine's clock is 12 minutes behind AWS");
      assertThat(calls.skew.large()).isTrue();
    }
  }

  private static Outcome roleAnswered(int status, String body) throws IOException {
    try (var server =
            new ScriptedServer(
                (_, _) -> answer(status, body, "Date: " + HttpDate.of(CLOCK.instant())));
        var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      return calls.role(StsCalls.at(server.uri()));
    }
  }

  private static String sentence(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unavailable.class);
    return ((Unavailable) outcome).sentence();
  }
}
