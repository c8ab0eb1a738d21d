package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.testing.Attack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that poses as STS takes neither the daemon's memory nor its promises. */
final class HostileAnswersTest {
  private static final long FEW_MIB = 16 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | Transfer-Encoding: chunked
          200 | Content-Length: 2147483648
          200 | Connection: close
          400 | Transfer-Encoding: chunked
          403 | Content-Length: 2147483648
          500 | Connection: close
          """)
  @Attack("wrong-answers")
  void aBodyWithoutEndIsReadToItsLimitAndNotAskedForAgain(int status, String header)
      throws IOException {
    try (var server = new EndlessServer(status, header);
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .isEqualTo(
              "127.0.0.1:%d answered with more than 64 KiB, which AWS never does; check endpoint_url, and that no proxy or login page is in the way."
                  .formatted(server.uri().getPort()));
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.sent()).as("what fits into the buffers").isLessThan(FEW_MIB);
    }
  }

  @Test
  @Attack("wrong-answers")
  void aCompressedBodyIsInflatedToItsLimit() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      byte[] blank = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int mebibyte = 0; mebibyte < 50; mebibyte++) {
        gzip.write(blank);
      }
    }
    assertThat(bomb.size()).isLessThan(BoundedAnswers.LONGEST);
    try (var server = new EndlessServer(200, "Content-Encoding: gzip", bomb.toByteArray());
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .contains("answered with more than 64 KiB");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AccessKeyId     | ASIA&#10;canary      | an access key ID that is none
          AccessKeyId     | ASIA canary          | an access key ID that is none
          AccessKeyId     | ASIA&#x85;canary     | an access key ID that is none
          SecretAccessKey | the&#10;canary       | a secret access key that is none
          SessionToken    | the&#13;&#10;canary  | a session token that is none
          SessionToken    | the-cänary           | a session token that is none
          Expiration      | 9999-12-31T23:59:59Z | credentials that end more than 36 hours from now
          Expiration      | 2030-01-02T12:02:00Z | credentials that end more than 36 hours from now
          """)
  @Attack("wrong-answers")
  void aPartThatAwsNeverIssuesIsRefusedInOneSentence(String part, String value, String what)
      throws IOException {
    String wrong =
        StsXml.role()
            .replaceAll(
                "<%1$s>.*</%1$s>".formatted(part), "<%1$s>%2$s</%1$s>".formatted(part, value));
    try (var server = new ScriptedServer((_, _) -> answer(200, wrong));
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .startsWith("STS answered with " + what)
          .doesNotContain("canary", "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 40_000})
  @Attack("wrong-answers")
  void aLongPartIsRefused(int length) throws IOException {
    String id = "A".repeat(length);
    String wrong = StsXml.role().replaceAll("<AccessKeyId>.*</", "<AccessKeyId>" + id + "</");
    try (var server = new ScriptedServer((_, _) -> answer(200, wrong));
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri())))).hasSizeLessThan(200);
    }
  }

  @Test
  void aSessionOf36HoursIsAccepted() throws IOException {
    String longest = StsXml.role().replace(StsXml.EXPIRATION, "2030-01-02T12:00:00Z");
    try (var server = new ScriptedServer((_, _) -> answer(200, longest));
        var calls = new StsCalls()) {
      assertThat(calls.role(StsCalls.at(server.uri()))).isInstanceOf(Outcome.Issued.class);
    }
  }

  @Test
  @Attack("wrong-answers")
  void anErrorCodeThatIsNoneIsNotQuoted() throws IOException {
    String error = StsXml.error("Bad&#10;2026 INFO canary &#x9b;", "");
    try (var server = new ScriptedServer((_, _) -> answer(400, error));
        var calls = new StsCalls()) {
      assertThat(sentence(calls.role(StsCalls.at(server.uri()))))
          .contains("answered HTTP 400 and not as STS does")
          .doesNotContain("canary");
    }
  }

  private static String sentence(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    return ((Outcome.Unavailable) outcome).sentence();
  }
}
