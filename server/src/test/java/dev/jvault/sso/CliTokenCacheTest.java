package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.testing.StandInIdentityCenter.Fault;
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

/** What jvault does with the AWS CLI's cache of tokens. */
final class CliTokenCacheTest {
  /** The SHA-1 of {@code corp}. */
  private static final String FILE = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

  @TempDir Path folder;
  private SsoFixture desk;

  @BeforeEach
  void sit() {
    desk = new SsoFixture(folder);
  }

  @AfterEach
  void leave() {
    desk.close();
  }

  @Test
  void usesTheTokenOfTheCliAndNothingElseOfIt() throws IOException {
    String before = cli(desk.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    LoginView view = desk.logins.view(desk.session());
    assertThat(view.place()).isEqualTo(LoginView.Place.AWS_CLI);
    assertThat(view.until()).contains(desk.clock.instant().plus(Duration.ofHours(1)));

    desk.clock.advance(Duration.ofMinutes(55));
    assertThat(desk.logins.refreshDue()).isEmpty();
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
    desk.clock.advance(Duration.ofMinutes(6));
    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.center.requests().toString()).doesNotContain("refresh-of-the-cli", "/token");
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void readsTheTimeAsOlderVersionsWriteIt() throws IOException {
    cli(desk.center.issueToken(Duration.ofHours(1)), "UTC");
    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void findsTheTokenOfTheOlderFormByItsStartUrl() throws IOException {
    Files.createDirectories(desk.cache);
    Files.writeString(
        new CliTokenCache(desk.cache).file(desk.legacy()),
        json(desk.center.issueToken(Duration.ofHours(1)), "Z"));

    assertThat(desk.logins.credentials(desk.legacy(), SsoFixture.ACCOUNT, SsoFixture.ROLE))
        .isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isNotAskedTwiceForATokenThatThePortalRefuses() throws IOException {
    cli("canary-sso-unknown", "Z");

    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.role()).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(desk.center.count("/federation/credentials")).isEqualTo(1);

    cli(desk.center.issueToken(Duration.ofHours(1)), "Z");
    assertThat(desk.role()).as("after another login of the CLI").isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void stepsInWhereOursIsRefused() throws IOException {
    desk.loggedIn();
    desk.center.forgetTokens();
    cli(desk.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isAsGoodAsEmptyWhereItIsBroken() throws IOException {
    Files.createDirectories(desk.cache);
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
      assertThat(desk.role()).as(text).isInstanceOf(Outcome.NeedsPerson.class);
    }
    assertThat(desk.center.requests()).isEmpty();
  }

  @Test
  void getsNothingUnlessSomebodyWantsIt() {
    desk.loggedIn();
    assertThat(desk.cache).doesNotExist();
  }

  @Test
  void getsTheTokenWithoutWhatRenewsIt() throws IOException {
    desk.loggedIn();
    assertThat(desk.logins.share(desk.session())).isEmpty();

    Instant end = desk.clock.instant().plus(Duration.ofHours(1));
    assertThat(Files.readString(file()))
        .matches(
            "\\{\\s*\"startUrl\" *: *\"https://corp.awsapps.com/start\",\\s*\"region\" *:"
                + " *\"eu-west-1\",\\s*\"accessToken\" *: *\"canary-sso-access-\\d+\",\\s*"
                + "\"expiresAt\" *: *\""
                + end
                + "\"\\s*}\\s*");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(desk.logins.view(desk.session()).shared()).isTrue();
  }

  @Test
  void getsEachTokenThatFollowsAndLosesItAtTheLogout() throws IOException {
    desk.loggedIn();
    assertThat(desk.logins.share(desk.session())).isEmpty();
    String first = Files.readString(file());
    desk.clock.advance(Duration.ofMinutes(50));
    desk.role();
    assertThat(Files.readString(file())).isNotEqualTo(first).contains("canary-sso-access-");

    desk.restart();
    desk.unlock();
    desk.loggedIn();
    assertThat(new CliTokenCache(desk.cache).find(desk.session()).orElseThrow().expiration())
        .isEqualTo(desk.clock.instant().plus(Duration.ofHours(1)));
    desk.logins.logout(desk.session());
    assertThat(file()).doesNotExist();
  }

  @Test
  void keepsALoginOfItsOwn() throws IOException {
    String before = cli("canary-sso-of-the-cli", "Z");
    desk.loggedIn();

    assertThat(desk.logins.share(desk.session()))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("aws sso logout"));
    desk.logins.logout(desk.session());
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void isOursNoMoreOnceTheCliHasLoggedIn() throws IOException {
    desk.loggedIn();
    assertThat(desk.logins.share(desk.session())).isEmpty();
    String theirs = cli("canary-sso-of-the-cli", "Z");
    desk.clock.advance(Duration.ofMinutes(50));
    desk.role();

    assertThat(Files.readString(file())).isEqualTo(theirs);
    assertThat(desk.logins.view(desk.session()).shared()).isFalse();
  }

  @Test
  void servesWhileOursCannotBeRenewed() throws IOException {
    desk.loggedIn();
    desk.clock.advance(Duration.ofMinutes(61));
    desk.center.next("/token", Fault.EMPTY);
    cli(desk.center.issueToken(Duration.ofHours(1)), "Z");

    assertThat(desk.role()).isInstanceOf(Outcome.Issued.class);
  }

  private Path file() {
    return desk.cache.resolve(FILE);
  }

  /** What {@code aws sso login} writes. */
  private String cli(String accessToken, String zone) throws IOException {
    Files.createDirectories(desk.cache);
    String text = json(accessToken, zone);
    Files.writeString(file(), text);
    return text;
  }

  private String json(String accessToken, String zone) {
    Instant end = desk.clock.instant().plus(Duration.ofHours(1));
    return ("{\"startUrl\": \"https://corp.awsapps.com/start\", \"region\": \"eu-west-1\","
            + " \"accessToken\": \"%s\", \"expiresAt\": \"%s\", \"clientId\": \"c\","
            + " \"clientSecret\": \"s\", \"registrationExpiresAt\": \"2031-01-01T00:00:00Z\","
            + " \"refreshToken\": \"refresh-of-the-cli\"}")
        .formatted(accessToken, end.toString().replace("Z", zone));
  }
}
