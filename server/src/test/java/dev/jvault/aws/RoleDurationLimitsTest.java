package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.RoleOptions;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What jvault does if STS refuses the duration of a session. */
final class RoleDurationLimitsTest {
  private static final String TOO_LONG =
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
  private static final String NAMED =
      "1 validation error detected: Value '50000' at 'durationSeconds' failed to satisfy constraint:"
          + " Member must have value less than or equal to 7200";

  @Test
  void retriesWithAnHourAndRemembersIt() throws IOException {
    try (var server = refusingOver(3600, TOO_LONG);
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 12)).isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).containsExactly("43200", "3600");
      assertThat(role(calls, server.uri(), "admin", 12)).isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).containsExactly("43200", "3600", "3600");
    }
  }

  @Test
  void retriesWithTheDurationThatTheRefusalNames() throws IOException {
    try (var server = refusingOver(7200, NAMED);
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 10)).isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).containsExactly("36000", "7200");
    }
  }

  @Test
  void remembersTheLimitOfEachRoleSeparately() throws IOException {
    try (var server = refusingOver(3600, TOO_LONG);
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 2)).isInstanceOf(Outcome.Issued.class);
      assertThat(role(calls, server.uri(), "other", 2)).isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).containsExactly("7200", "3600", "7200", "3600");
    }
  }

  @Test
  void doesNotLengthenAShorterRequest() throws IOException {
    try (var server = refusingOver(3600, TOO_LONG);
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 2)).isInstanceOf(Outcome.Issued.class);
      Hop.AssumeRole short15 = StsCalls.roleHop(StsCalls.at(server.uri()));
      assertThat(calls.sts.assumeRole(StsCalls.KEY, short15, Optional.empty()))
          .isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).endsWith("900");
    }
  }

  @Test
  void doesNotRetryAfterAnotherRefusal() throws IOException {
    try (var server =
            new ScriptedServer((_, _) ->
                answer(403, StsXml.error("AccessDenied", "not authorized to assume this role")));
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 2)).isInstanceOf(Outcome.Denied.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void doesNotRetryIfAnHourIsRefused() throws IOException {
    try (var server = refusingOver(0, TOO_LONG);
        var calls = new StsCalls()) {
      assertThat(role(calls, server.uri(), "admin", 1)).isInstanceOf(Outcome.Denied.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** STS checks the duration before the code, so the code is still unused. */
  @Test
  void retriesWithTheSameCode() throws IOException {
    try (var server = refusingOver(3600, TOO_LONG);
        var calls = new StsCalls()) {
      var code =
          new Sts.MfaTokenCode("arn:aws:iam::123456789012:mfa/me", Secret.of("123456"), () -> {});
      Outcome outcome =
          calls.sts.assumeRole(StsCalls.KEY, hop(server.uri(), "admin", 2), Optional.of(code));
      assertThat(outcome).isInstanceOf(Outcome.Issued.class);
      assertThat(server.requests())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.form()).containsEntry("TokenCode", "123456"));
    }
  }

  @Test
  void appliesToWebIdentitiesToo() throws IOException {
    try (var server =
            new ScriptedServer((request, _) ->
                Integer.parseInt(request.form().get("DurationSeconds")) > 3600
                    ? answer(400, StsXml.error("ValidationError", TOO_LONG))
                    : answer(200, StsXml.webIdentityRole()));
        var calls = new StsCalls()) {
      assertThat(
              calls.sts.assumeRoleWithWebIdentity(
                  Secret.of("a.b.c"), StsCalls.webIdentityHop(server.uri(), Duration.ofHours(3))))
          .isInstanceOf(Outcome.Issued.class);
      assertThat(durations(server)).containsExactly("10800", "3600");
    }
  }

  private static ScriptedServer refusingOver(int allowed, String sentence) throws IOException {
    return new ScriptedServer((request, _) ->
        Integer.parseInt(request.form().get("DurationSeconds")) > allowed
            ? answer(400, StsXml.error("ValidationError", sentence))
            : answer(200, StsXml.role()));
  }

  private static Outcome role(StsCalls calls, URI endpoint, String name, int hours) {
    return calls.sts.assumeRole(StsCalls.KEY, hop(endpoint, name, hours), Optional.empty());
  }

  private static Hop.AssumeRole hop(URI endpoint, String name, int hours) {
    return new Hop.AssumeRole(
        "child",
        "arn:aws:iam::210987654321:role/" + name,
        "me",
        new RoleOptions(Optional.empty(), Optional.empty(), Map.of(), List.of()),
        Optional.empty(),
        Duration.ofHours(hours),
        Duration.ofHours(hours),
        StsCalls.at(endpoint));
  }

  private static List<String> durations(ScriptedServer server) {
    return server.requests().stream()
        .map(request -> request.form().get("DurationSeconds"))
        .toList();
  }
}
