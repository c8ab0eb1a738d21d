package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How jvault uses the AWS CLI's token cache. */
final class CliTokenCacheTest {
  /** The SHA-1 of {@code corp}. */
  private static final String FILE = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

  @TempDir Path folder;
  private SsoFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SsoFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void usesTheAwsClisAccessTokenAndNothingElse() throws IOException {
    String before = cli(fixture.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    LoginStatus status = fixture.logins.status(fixture.session());
    assertThat(status.place()).isEqualTo(LoginStatus.Place.AWS_CLI);
    assertThat(status.until()).contains(fixture.clock.instant().plus(Duration.ofHours(1)));

    fixture.clock.advance(Duration.ofMinutes(55));
    assertThat(fixture.logins.refreshDue()).isEmpty();
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
    fixture.clock.advance(Duration.ofMinutes(6));
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.center.requests().toString()).doesNotContain("refresh-of-the-cli", "/token");
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void readsTheTimeFormatOfOlderVersions() throws IOException {
    cli(fixture.center.issueToken(Duration.ofHours(1)), "UTC");
    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void findsTheTokenOfTheOlderFormByItsStartUrl() throws IOException {
    Files.createDirectories(fixture.cache);
    Files.writeString(
        new CliTokenCache(fixture.cache).file(fixture.legacy()),
        json(fixture.center.issueToken(Duration.ofHours(1)), "Z"));

    assertThat(fixture.logins.credentials(fixture.legacy(), SsoFixture.ACCOUNT, SsoFixture.ROLE))
        .isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isNotUsedTwiceForATokenThatThePortalRejects() throws IOException {
    cli("canary-sso-unknown", "Z");

    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(fixture.center.count("/federation/credentials")).isEqualTo(1);

    cli(fixture.center.issueToken(Duration.ofHours(1)), "Z");
    assertThat(fixture.role())
        .as("after another login of the CLI")
        .isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isUsedIfJvaultsTokenIsRejected() throws IOException {
    fixture.loggedIn();
    fixture.center.forgetTokens();
    cli(fixture.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isIgnoredIfItIsBroken() throws IOException {
    Files.createDirectories(fixture.cache);
    for (String text :
        new String[] {
          "",
          "{",
          "[]",
          "{\"accessToken\":\"x\"}",
          "{\"accessToken\":\"x\",\"expiresAt\":\"soon\"}",
          "{\"accessToken\":{},\"expiresAt\":1}",
          json("x", "Z").replace("eu-west-1", "us-east-1"),
          json("x", "Z").replace("corp.awsapps", "other.awsapps")
        }) {
      Files.writeString(file(), text);
      assertThat(fixture.role()).as(text).isInstanceOf(Outcome.NeedsPerson.class);
    }
    assertThat(fixture.center.requests()).isEmpty();
  }

  @Test
  void getsNoTokenUnlessTheUserSharesIt() {
    fixture.loggedIn();
    assertThat(fixture.cache).doesNotExist();
  }

  @Test
  void getsTheTokenWithoutTheRefreshToken() throws IOException {
    fixture.loggedIn();
    assertThat(fixture.logins.share(fixture.session())).isEmpty();

    Instant end = fixture.clock.instant().plus(Duration.ofHours(1));
    assertThat(Files.readString(file()))
        .matches(
            "\\{\\s*\"startUrl\" *: *\"https://corp.awsapps.com/start\",\\s*\"region\" *:"
                + " *\"eu-west-1\",\\s*\"accessToken\" *: *\"canary-sso-access-\\d+\",\\s*"
                + "\"expiresAt\" *: *\""
                + end
                + "\"\\s*}\\s*");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(fixture.logins.status(fixture.session()).shared()).isTrue();
  }

  @Test
  void getsEachRenewedTokenAndLosesItAtLogout() throws IOException {
    fixture.loggedIn();
    assertThat(fixture.logins.share(fixture.session())).isEmpty();
    String first = Files.readString(file());
    fixture.clock.advance(Duration.ofMinutes(50));
    fixture.role();
    assertThat(Files.readString(file())).isNotEqualTo(first).contains("canary-sso-access-");

    fixture.restart();
    fixture.unlock();
    fixture.loggedIn();
    assertThat(new CliTokenCache(fixture.cache).find(fixture.session()).orElseThrow().expiration())
        .isEqualTo(fixture.clock.instant().plus(Duration.ofHours(1)));
    fixture.logins.logout(fixture.session());
    assertThat(file()).doesNotExist();
  }

  @Test
  void keepsTheAwsClisOwnLogin() throws IOException {
    String before = cli("canary-sso-of-the-cli", "Z");
    fixture.loggedIn();

    assertThat(fixture.logins.share(fixture.session()))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("aws sso logout"));
    fixture.logins.logout(fixture.session());
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void isNotOverwrittenOnceTheAwsCliHasLoggedIn() throws IOException {
    fixture.loggedIn();
    assertThat(fixture.logins.share(fixture.session())).isEmpty();
    String theirs = cli("canary-sso-of-the-cli", "Z");
    fixture.clock.advance(Duration.ofMinutes(50));
    fixture.role();

    assertThat(Files.readString(file())).isEqualTo(theirs);
    assertThat(fixture.logins.status(fixture.session()).shared()).isFalse();
  }

  @Test
  void isUsedWhileJvaultsTokenCannotBeRenewed() throws IOException {
    fixture.loggedIn();
    fixture.clock.advance(Duration.ofMinutes(61));
    fixture.center.next("/token", Fault.EMPTY);
    cli(fixture.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(fixture.role()).isInstanceOf(Outcome.Issued.class);
  }

  private Path file() {
    return fixture.cache.resolve(FILE);
  }

  /** What {@code aws sso login} writes. */
  private String cli(String accessToken, String zone) throws IOException {
    Files.createDirectories(fixture.cache);
    String text = json(accessToken, zone);
    Files.writeString(file(), text);
    return text;
  }

  private String json(String accessToken, String zone) {
    Instant end = fixture.clock.instant().plus(Duration.ofHours(1));
    return ("{\"startUrl\": \"https://corp.awsapps.com/start\", \"region\": \"eu-west-1\","
            + " \"accessToken\": \"%s\", \"expiresAt\": \"%s\", \"clientId\": \"c\","
            + " \"clientSecret\": \"s\", \"registrationExpiresAt\": \"2031-01-01T00:00:00Z\","
            + " \"refreshToken\": \"refresh-of-the-cli\"}")
        .formatted(accessToken, end.toString().replace("Z", zone));
  }
}
