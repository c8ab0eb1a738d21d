package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.jvault.aws.ScriptedServer.Request;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.Hop;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SessionLimits;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

final class SdkStsTest {
  @Test
  void tellsAWrongSecretFromAnUnknownKeyAndFromOtherAnswers() throws IOException {
    var answers =
        new ArrayDeque<>(
            List.of(
                answer(403, StsXml.error("SignatureDoesNotMatch", "It does not match.")),
                answer(403, StsXml.error("InvalidClientTokenId", "It is invalid.")),
                answer(400, "<html>login</html>")));
    try (var server = new ScriptedServer((_, _) -> answers.remove());
        var calls = new StsCalls()) {
      ServiceTarget target = StsCalls.at(server.uri());
      assertThat(calls.sts.whose(StsCalls.KEY, target)).isEqualTo(new KeyCheck.WrongSecret());
      assertThat(calls.sts.whose(StsCalls.KEY, target)).isEqualTo(new KeyCheck.UnknownId());
      assertThat(calls.sts.whose(StsCalls.KEY, target)).isInstanceOf(KeyCheck.Unchecked.class);
    }
    var nothingListens = StsCalls.at(URI.create("http://127.0.0.1:1"));
    try (var calls = new StsCalls()) {
      assertThat(calls.sts.whose(StsCalls.KEY, nothingListens))
          .isInstanceOf(KeyCheck.Unchecked.class);
    }
  }

  @Test
  void obtainsASessionWithAnMfaCode() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      SessionCredentials issued =
          issued(calls.sessionWithCode(StsCalls.at(server.uri()), "123456"));

      assertThat(issued.accessKeyId()).isEqualTo("ASIAEXAMPLE");
      assertThat(issued.secretAccessKey()).isEqualTo(Secret.of("the/secret+of/the+session"));
      assertThat(issued.token()).isEqualTo(Secret.of("the+token/of=the==session"));
      assertThat(issued.expiration()).isEqualTo(Instant.parse(StsXml.EXPIRATION));
      assertThat(issued.issued()).isEqualTo(StsCalls.NOW);
      assertThat(issued.accountId()).hasValue("123456789012");
      assertThat(issued.roleArn()).isEmpty();
      Request request = server.requests().getFirst();
      assertThat(request.form())
          .containsEntry("Action", "GetSessionToken")
          .containsEntry("DurationSeconds", "3600")
          .containsEntry("SerialNumber", "arn:aws:iam::123456789012:mfa/me")
          .containsEntry("TokenCode", "123456");
      assertThat(request.header("authorization"))
          .contains("Credential=AKIAIOSFODNN7EXAMPLE/")
          .contains("/eu-west-1/sts/aws4_request");
    }
  }

  @Test
  void obtainsAFederatedSessionWithItsPolicies() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.federated()));
        var calls = new StsCalls()) {
      var hop =
          new Hop.FederationToken(
              "jvault-me",
              new SessionLimits(
                  Optional.of("{\"Version\":\"2012-10-17\"}"),
                  List.of("arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B")),
              Duration.ofHours(2),
              StsCalls.at(server.uri()));

      SessionCredentials issued = issued(calls.sts.getFederationToken(StsCalls.KEY, hop));

      assertThat(issued.accessKeyId()).isEqualTo("ASIAEXAMPLE");
      assertThat(issued.accountId()).hasValue("123456789012");
      assertThat(issued.roleArn()).isEmpty();
      assertThat(server.requests().getFirst().form())
          .containsEntry("Action", "GetFederationToken")
          .containsEntry("Name", "jvault-me")
          .containsEntry("DurationSeconds", "7200")
          .containsEntry("Policy", "{\"Version\":\"2012-10-17\"}")
          .containsEntry("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/A")
          .containsEntry("PolicyArns.member.2.arn", "arn:aws:iam::aws:policy/B")
          .doesNotContainKey("SerialNumber");
    }
  }

  @Test
  void obtainsASessionWithoutAnMfaDevice() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      SessionCredentials issued = issued(calls.session(StsCalls.at(server.uri())));

      assertThat(issued.accountId()).isEmpty();
      assertThat(server.requests().getFirst().form())
          .doesNotContainKeys("SerialNumber", "TokenCode");
    }
  }

  @Test
  void assumesARoleWithASession() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      var below =
          new SessionCredentials(
              new AccessKey("ASIABELOW", Secret.of("secret-below")),
              Secret.of("token-below"),
              StsCalls.NOW,
              StsCalls.NOW.plusSeconds(60),
              Optional.empty(),
              Optional.empty());
      SessionCredentials issued =
          issued(
              calls.sts.assumeRole(
                  below, StsCalls.roleHop(StsCalls.at(server.uri())), Optional.empty()));

      assertThat(issued.accountId()).hasValue("210987654321");
      assertThat(issued.roleArn()).hasValue("arn:aws:iam::210987654321:role/admin");
      Request request = server.requests().getFirst();
      assertThat(request.form())
          .containsEntry("Action", "AssumeRole")
          .containsEntry("RoleArn", "arn:aws:iam::210987654321:role/admin")
          .containsEntry("RoleSessionName", "me")
          .containsEntry("ExternalId", "an-external-id")
          .containsEntry("DurationSeconds", "900");
      assertThat(request.header("authorization")).contains("Credential=ASIABELOW/");
      assertThat(request.header("x-amz-security-token")).isEqualTo("token-below");
    }
  }

  @Test
  void keepsThePathOfTheProfilesOwnEndpoint() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      issued(calls.session(StsCalls.at(server.uri().resolve("/of/me"))));

      assertThat(server.requests().getFirst().start()).startsWith("POST /of/me");
    }
  }

  @Test
  void assumesARoleWithAnMfaCode() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      issued(calls.roleWithCode(StsCalls.at(server.uri()), "123456"));

      assertThat(server.requests().getFirst().form())
          .containsEntry("SerialNumber", "arn:aws:iam::123456789012:mfa/me")
          .containsEntry("TokenCode", "123456");
    }
  }

  @Test
  void assumesARoleWithAllItsOptions() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      var tags = new TreeMap<>(Map.of("Project", "a b", "Team", "x"));
      var options =
          new RoleOptions(Optional.empty(), Optional.of("me@x"), tags, List.of("Team", "Project"));
      var plain = StsCalls.roleHop(StsCalls.at(server.uri()));
      var hop =
          new Hop.AssumeRole(
              plain.profile(),
              plain.roleArn(),
              plain.sessionName(),
              options,
              Optional.empty(),
              plain.duration(),
              plain.wanted(),
              plain.sts());
      issued(calls.sts.assumeRole(StsCalls.KEY, hop, Optional.empty()));

      assertThat(server.requests().getFirst().form())
          .containsEntry("SourceIdentity", "me@x")
          .containsEntry("Tags.member.1.Key", "Project")
          .containsEntry("Tags.member.1.Value", "a b")
          .containsEntry("Tags.member.2.Key", "Team")
          .containsEntry("Tags.member.2.Value", "x")
          .containsEntry("TransitiveTagKeys.member.1", "Team")
          .containsEntry("TransitiveTagKeys.member.2", "Project")
          .doesNotContainKeys("ExternalId", "SerialNumber", "TokenCode");
    }
  }

  @Test
  void assumesARoleWithAWebIdentityWithoutSigning() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.webIdentityRole()));
        var calls = new StsCalls()) {
      SessionCredentials issued =
          issued(
              calls.sts.assumeRoleWithWebIdentity(
                  Secret.of("a.b.c"), StsCalls.webIdentityHop(server.uri(), Duration.ofHours(1))));

      assertThat(issued.roleArn()).hasValue("arn:aws:iam::210987654321:role/worker");
      Request request = server.requests().getFirst();
      assertThat(request.form())
          .containsEntry("Action", "AssumeRoleWithWebIdentity")
          .containsEntry("RoleArn", "arn:aws:iam::210987654321:role/worker")
          .containsEntry("RoleSessionName", "me")
          .containsEntry("WebIdentityToken", "a.b.c")
          .containsEntry("DurationSeconds", "3600");
      assertThat(request.header("authorization")).isEmpty();
    }
  }

  @Test
  void isUnavailableIfTheWebIdentityTokenHasExpired() throws IOException {
    try (var server =
            new ScriptedServer((_, _) ->
                answer(400, StsXml.error("ExpiredTokenException", "Token expired: canary")));
        var calls = new StsCalls()) {
      assertThat(
              calls.sts.assumeRoleWithWebIdentity(
                  Secret.of("a.b.c"), StsCalls.webIdentityHop(server.uri(), Duration.ofHours(1))))
          .isEqualTo(
              new Outcome.Unavailable(
                  "AWS says that the web identity token of profile web has expired; have its issuer"
                      + " write a new one."));
    }
  }

  @Test
  void isDeniedIfTheWebIdentityTokenIsRefused() throws IOException {
    try (var server =
            new ScriptedServer((_, _) ->
                answer(400, StsXml.error("InvalidIdentityToken", "Couldn't retrieve the key")));
        var calls = new StsCalls()) {
      assertThat(
              calls.sts.assumeRoleWithWebIdentity(
                  Secret.of("canary.b.c"),
                  StsCalls.webIdentityHop(server.uri(), Duration.ofHours(1))))
          .asInstanceOf(type(Outcome.Denied.class))
          .satisfies(denied ->
              assertThat(denied.sentence())
                  .contains("role/worker of profile web", "audience")
                  .doesNotContain("canary"));
    }
  }

  @Test
  void sendsNoMalformedCodeToAws() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      assertThat(
              List.of(
                  calls.sessionWithCode(StsCalls.at(server.uri()), "hunter2"),
                  calls.roleWithCode(StsCalls.at(server.uri()), "hunter2")))
          .allSatisfy(outcome ->
              assertThat(outcome)
                  .asInstanceOf(type(Outcome.Denied.class))
                  .satisfies(denied -> {
                    assertThat(denied.reason()).isEqualTo(Outcome.Reason.MFA_REFUSED);
                    assertThat(denied.sentence()).doesNotContain("hunter2");
                  }));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  @Attack("wrong-answers")
  void rejectsAnIncompleteAnswer() throws IOException {
    String half = StsXml.session().replaceAll("<SessionToken>.*</SessionToken>", "");
    try (var server = new ScriptedServer((_, _) -> answer(200, half));
        var calls = new StsCalls()) {
      assertThat(calls.session(StsCalls.at(server.uri())))
          .asInstanceOf(type(Outcome.Unavailable.class))
          .satisfies(unavailable ->
              assertThat(unavailable.sentence()).contains("without complete credentials"));
    }
  }

  @Test
  @Attack("no-secret-sent")
  void quotesNoSecretThatCannotBeSent() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      var below =
          new SessionCredentials(
              new AccessKey("ASIABELOW", Secret.of("secret-below")),
              Secret.of("canary\ntoken"),
              StsCalls.NOW,
              StsCalls.NOW.plusSeconds(60),
              Optional.empty(),
              Optional.empty());
      Hop.AssumeRole hop = StsCalls.roleHop(StsCalls.at(server.uri()));

      assertThatIllegalStateException()
          .isThrownBy(() -> calls.sts.assumeRole(below, hop, Optional.empty()))
          .satisfies(fault -> assertThat(Throwables.getStackTrace(fault)).doesNotContain("canary"));
    }
  }

  @Test
  void repeatsACallThatFailsInsideAws() throws IOException {
    try (var server =
            new ScriptedServer((_, number) ->
                number < 3
                    ? answer(500, StsXml.error("InternalFailure", "oops"))
                    : answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      assertThat(calls.session(StsCalls.at(server.uri()))).isInstanceOf(Outcome.Issued.class);
      assertThat(server.requests()).hasSize(3);
    }
  }

  static SessionCredentials issued(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Issued.class);
    return ((Outcome.Issued) outcome).credentials();
  }
}
