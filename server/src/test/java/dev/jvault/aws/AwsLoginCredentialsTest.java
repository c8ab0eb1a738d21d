package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.Hop;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.OneClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsLoginCredentialsTest {
  private static final String LOGIN = "arn:aws:iam::123456789012:user/me";
  private static final String FRESH =
      """
      {"accessToken":{"accessKeyId":"ASIAFRESH","secretAccessKey":"s","sessionToken":"t"},
      "tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"next-refresh-token"}\
      """;

  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path cache;

  @Test
  void usesTheCredentialsInTheCache() throws Exception {
    left(now.plus(Duration.ofMinutes(14)));
    try (var server = new ScriptedServer((_, _) -> answer(500, ""))) {
      SessionCredentials session = SdkStsTest.issued(credentials(server.uri()));
      assertThat(session.accessKeyId()).isEqualTo("ASIALEFT");
      assertThat(session.expiration()).isEqualTo(now.plus(Duration.ofMinutes(14)));
      assertThat(session.accountId()).hasValue("123456789012");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void refreshesCredentialsThatExpireSoonAndWritesThemBack() throws Exception {
    left(now.plusSeconds(60));
    try (var server = new ScriptedServer((_, _) -> json(200, FRESH))) {
      SessionCredentials session = SdkStsTest.issued(credentials(server.uri()));
      assertThat(session.accessKeyId()).isEqualTo("ASIAFRESH");
      assertThat(server.requests().getFirst().start()).startsWith("POST /v1/token ");
      assertThat(server.requests().getFirst().header("dpop")).isNotEmpty();
      assertThat(Files.readString(file())).contains("ASIAFRESH", "next-refresh-token", "dpopKey");
    }
  }

  @Test
  void refreshesCredentialsThatAwsRefusedThoughTheyHaveNotExpired() throws Exception {
    left(now.plus(Duration.ofMinutes(14)));
    try (var server = new ScriptedServer((_, _) -> json(200, FRESH))) {
      Outcome refreshed = login().refreshed(hop(server.uri()), cache);
      assertThat(SdkStsTest.issued(refreshed).accessKeyId()).isEqualTo("ASIAFRESH");
      assertThat(Files.readString(file())).contains("ASIAFRESH", "next-refresh-token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOKEN_EXPIRED", "USER_CREDENTIALS_CHANGED", "SOMETHING_NEW"})
  void asksForANewLoginIfTheOldOneHasEnded(String error) throws Exception {
    left(now.minusSeconds(60));
    try (var server = new ScriptedServer((_, _) -> refusal(error))) {
      assertThat(credentials(server.uri()))
          .isEqualTo(
              new Outcome.Denied(
                  Outcome.Reason.PROFILE,
                  "The login of profile work has ended; run `aws login --profile work`."));
    }
  }

  @Test
  void saysThatAPermissionIsMissing() throws Exception {
    left(now.minusSeconds(60));
    try (var server = new ScriptedServer((_, _) -> refusal("INSUFFICIENT_PERMISSIONS"))) {
      assertThat(credentials(server.uri()))
          .isInstanceOfSatisfying(
              Outcome.Denied.class,
              denied -> assertThat(denied.sentence()).contains("signin:CreateOAuth2Token"));
    }
  }

  @Test
  void isUnavailableWhileSignInIsDown() throws Exception {
    left(now.minusSeconds(60));
    try (var server = new ScriptedServer((_, _) -> json(500, "{}"))) {
      assertThat(credentials(server.uri()))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              unavailable -> assertThat(unavailable.sentence()).contains("HTTP 500"));
    }
    assertThat(credentials(URI.create("http://127.0.0.1:1")))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            unavailable -> assertThat(unavailable.sentence()).contains("does not answer"));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"nothing|", "empty|", "no JSON|canary", "half|{\"accessToken\":{}}"},
      delimiter = '|')
  void asksForANewLoginIfTheCacheIsUnusable(String what, String content) throws Exception {
    if (!what.equals("nothing")) {
      Files.writeString(file(), content == null ? "" : content);
    }
    assertThat(credentials(URI.create("http://127.0.0.1:1")))
        .isEqualTo(
            new Outcome.Denied(
                Outcome.Reason.PROFILE,
                "The login of profile work is missing from the AWS CLI's cache or incomplete; run `aws"
                    + " login --profile work`."));
  }

  private Outcome credentials(URI signin) {
    return login().credentials(hop(signin), cache);
  }

  private static AwsLoginCredentials login() {
    return new AwsLoginCredentials(
        InstantSource.system(),
        new ClockSkew(new OneClock(InstantSource.system())),
        StsCalls.within(Duration.ofSeconds(20)));
  }

  private static Hop.Login hop(URI signin) {
    return new Hop.Login("work", LOGIN, StsCalls.at(signin));
  }

  /** The file name that botocore uses: SHA-256 of the login's ARN. */
  private Path file() throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(LOGIN.getBytes(UTF_8));
    return cache.resolve(HexFormat.of().formatHex(hash) + ".json");
  }

  private void left(Instant end) throws IOException, GeneralSecurityException {
    Files.writeString(
        file(),
        """
        {"accessToken":{"accessKeyId":"ASIALEFT","secretAccessKey":"canary","sessionToken":"canary",
        "accountId":"123456789012","expiresAt":"%s"},"tokenType":"aws_sigv4",
        "clientId":"arn:aws:signin:::devtools/same-device","refreshToken":"canary-refresh",
        "dpopKey":"%s"}\
        """
            .formatted(end, dpopKey().replace("\n", "\\n")));
  }

  /** In SEC 1, the format of the AWS CLI, which the JDK cannot write. */
  private static String dpopKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    byte[] scalar =
        fixed(((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS().toByteArray());
    byte[] spki = pair.getPublic().getEncoded();
    byte[] point = java.util.Arrays.copyOfRange(spki, spki.length - 65, spki.length);
    var der = new java.io.ByteArrayOutputStream();
    der.writeBytes(HexFormat.of().parseHex("30770201010420"));
    der.writeBytes(scalar);
    der.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107a144034200"));
    der.writeBytes(point);
    return "-----BEGIN EC PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toByteArray())
        + "\n-----END EC PRIVATE KEY-----\n";
  }

  private static byte[] fixed(byte[] number) {
    byte[] fixed = new byte[32];
    int length = Math.min(number.length, 32);
    System.arraycopy(number, number.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static String refusal(String error) {
    return answer(
        403,
        "{\"error\":\"%s\",\"message\":\"canary\"}".formatted(error),
        "x-amzn-ErrorType: AccessDeniedException");
  }

  private static String json(int status, String body) {
    return answer(status, body);
  }
}
