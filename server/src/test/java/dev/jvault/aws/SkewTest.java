package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.ScriptedServer.Script;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Outcome.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions on a machine with a wrong clock; the {@code Date} of each answer is AWS's time. */
final class SkewTest {
  private static final Instant END = Instant.parse(StsXml.EXPIRATION);

  @Test
  void endsASessionEarlierIfTheClockIsBehind() throws IOException {
    Outcome outcome = takenAt(StsCalls.NOW.minusSeconds(1200), StsCalls.NOW);
    assertThat(SdkStsTest.issued(outcome).expiration()).isEqualTo(END.minusSeconds(1200));
  }

  @Test
  void keepsAwssExpirationIfTheClockIsAhead() throws IOException {
    Outcome outcome = takenAt(StsCalls.NOW.plusSeconds(1200), StsCalls.NOW);
    assertThat(SdkStsTest.issued(outcome).expiration()).isEqualTo(END);
  }

  @Test
  void explainsAClockThatMakesEverySessionLookExpired() throws IOException {
    assertThat(takenAt(StsCalls.NOW.plus(Duration.ofHours(2)), StsCalls.NOW))
        .isInstanceOfSatisfying(
            Unavailable.class,
            unavailable ->
                assertThat(unavailable.sentence())
                    .contains("this machine's clock is 120 minutes ahead of AWS; set the clock"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Date: yesterday", "Date:", "X-Nothing: here"})
  void ignoresAnAnswerWithoutAValidDate(String header) throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session(), header));
        var calls = new StsCalls()) {
      assertThat(calls.session(StsCalls.at(server.uri()))).isInstanceOf(Outcome.Issued.class);
      assertThat(calls.skew.ahead()).isZero();
    }
  }

  @Test
  void signsAgainWithAwssTimeIfTheFirstSignatureWasTooOld() throws IOException {
    Instant there = InstantSource.system().instant().plus(Duration.ofHours(3));
    String date = "Date: " + HttpDate.of(there);
    Script script =
        (request, _) ->
            request.header("x-amz-date").compareTo(signed(there.minusSeconds(300))) < 0
                ? answer(403, StsXml.error("SignatureDoesNotMatch", "Signature expired"), date)
                : answer(200, StsXml.session(), date);
    try (var server = new ScriptedServer(script);
        var calls = new StsCalls()) {
      assertThat(calls.session(StsCalls.at(server.uri()))).isInstanceOf(Outcome.Issued.class);
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static String signed(Instant instant) {
    return instant.toString().replaceAll("[-:]|\\..*", "") + "Z";
  }

  private static Outcome takenAt(Instant here, Instant there) throws IOException {
    try (var server =
            new ScriptedServer(
                (_, _) -> answer(200, StsXml.session(), "Date: " + HttpDate.of(there)));
        var calls = new StsCalls(InstantSource.fixed(here), CallLimits.DEFAULT)) {
      return calls.session(StsCalls.at(server.uri()));
    }
  }
}
