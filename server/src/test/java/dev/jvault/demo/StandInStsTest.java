package dev.jvault.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandInStsTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00.5Z");
  private static final String KNOWN = "AKIADEMO";
  private static final String ROLE =
      "Action=AssumeRole&RoleArn=arn:aws:iam::210987654321:role/team/admin&RoleSessionName=";

  private final HttpClient http = HttpClient.newHttpClient();
  private StandInSts sts;

  @BeforeEach
  void start() throws IOException {
    sts =
        new StandInSts(
            new AccessKey(KNOWN, Secret.of("secret")),
            Duration.ofSeconds(20),
            InstantSource.fixed(NOON));
  }

  @AfterEach
  void stop() {
    sts.close();
    http.close();
  }

  @Test
  void issuesNewCredentialsAtEachCall() throws Exception {
    String first = ok(KNOWN, "Action=GetSessionToken");
    String second = ok(KNOWN, "Action=GetSessionToken");

    assertThat(first).contains("<Expiration>2030-01-01T12:00:20Z</Expiration>");
    assertThat(key(first)).matches("ASIA[A-Z2-7]{16}").isNotEqualTo(key(second));
    assertThat(sts.calls("GetSessionToken")).isEqualTo(2);
    assertThat(sts.calls("AssumeRole")).isZero();
  }

  @Test
  void identifiesACallerByTheCredentialsItIssued() throws Exception {
    String session = key(ok(KNOWN, "Action=GetSessionToken"));
    String role = key(ok(session, ROLE + "me"));

    assertThat(ok(session, "Action=GetCallerIdentity"))
        .contains("<Arn>arn:aws:iam::123456789012:user/demo</Arn>")
        .contains("<Account>123456789012</Account>");
    assertThat(ok(role, "Action=GetCallerIdentity"))
        .contains("<Arn>arn:aws:sts::210987654321:assumed-role/admin/me</Arn>")
        .contains("<Account>210987654321</Account>");
  }

  @Test
  void refusesAnUnknownKey() throws Exception {
    assertThat(ask("AKIASTRANGER", "Action=GetCallerIdentity"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403))
        .satisfies(
            answer -> assertThat(answer.body()).contains("<Code>InvalidClientTokenId</Code>"));

    HttpRequest unsigned = HttpRequest.newBuilder(sts.endpoint()).build();
    assertThat(http.send(unsigned, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void acceptsACodeOnce() throws Exception {
    String withCode = "Action=GetSessionToken&SerialNumber=arn:aws:iam::1:mfa/me&TokenCode=123456";
    ok(KNOWN, withCode);

    assertThat(ask(KNOWN, withCode).body())
        .contains("<Code>AccessDenied</Code>")
        .contains("MultiFactorAuthentication failed with invalid MFA one time pass code.");

    ok(KNOWN, withCode.replace("mfa/me", "mfa/you"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&TokenCode=12345", "&TokenCode=abcdef", "&TokenCode=1234567", ""})
  void refusesAMalformedCode(String code) throws Exception {
    HttpResponse<String> answer = ask(KNOWN, "Action=GetSessionToken&SerialNumber=x" + code);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Action=DeleteEverything",
        "Action=AssumeRole",
        "%%%=%zz&Action=%",
        "a&b=c&&="
      })
  void survivesAMalformedRequest(String body) throws Exception {
    assertThat(ask(KNOWN, body).statusCode()).isEqualTo(400);
  }

  @Test
  void escapesWhatItRepeats() throws Exception {
    String name = URLEncoder.encode("<&\">", UTF_8);
    assertThat(ok(KNOWN, ROLE + name)).contains("/admin/&lt;&amp;\"&gt;</Arn>");
  }

  @Test
  void listensOnLoopbackUntilItIsClosed() throws Exception {
    URI endpoint = sts.endpoint();
    assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
    sts.close();

    HttpRequest request = HttpRequest.newBuilder(endpoint).build();
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private String ok(String key, String form) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(key, form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> ask(String key, String form)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(sts.endpoint())
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + key + "/20300101/x/sts/y")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String key(String xml) {
    Matcher matcher = Pattern.compile("<AccessKeyId>(.*?)</AccessKeyId>").matcher(xml);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
