package dev.jvault.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which MFA codes are sent to AWS, and which count as used. */
final class GivenCodesTest {
  @TempDir Path folder;
  private BrokerFixture fixture;
  private final List<String> questions = new ArrayList<>();

  @BeforeEach
  void open() {
    fixture = new BrokerFixture(folder, KeySource.KEYRING);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCodeIsNotUsedUpIfNoConnectionComesAbout() {
    fixture.sts.reachable(false);
    fixture.sts.answer(new Outcome.Unavailable("no connection"));
    assertThat(fixture.verb(BrokerFixture.role("a"), typing("123456")))
        .isInstanceOf(Outcome.Unavailable.class);
    fixture.sts.reachable(true);
    assertThat(fixture.verb(BrokerFixture.role("a"), typing("123456")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(questions).noneMatch(question -> question.contains("used"));
  }

  @Test
  void aCodeIsUsedUpIfTheConnectionBreaksAfterItWasSent() {
    fixture.sts.answer(new Outcome.Unavailable("broken"));
    fixture.verb(BrokerFixture.role("a"), typing("123456"));
    assertThat(fixture.verb(BrokerFixture.role("a"), typing("123456", "654321")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(questions.getLast()).startsWith("That code has already been used;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123 456", " 123456", "123456\t", "12 34 56", "123\u00a0456"})
  void blanksInACodeAreDropped(String typed) {
    assertThat(fixture.verb(BrokerFixture.role("a"), typing(typed)))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).contains("GetSessionToken 123456");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345", "1234567", "12345a", "a password"})
  void whatIsNoCodeIsNotSentAndNotBlamedOnAws(String typed) {
    assertThat(fixture.verb(BrokerFixture.role("a"), typing(typed, "123456")))
        .isInstanceOf(Outcome.Issued.class);
    assertThat(questions.getLast())
        .startsWith("That is no MFA code; a code has six digits. MFA code for");
    assertThat(fixture.sts.calls()).containsExactly("GetSessionToken 123456", "AssumeRole a");
  }

  @Test
  void aSpentCodeThatCameWithTheCommandIsNamed() {
    fixture.sts.answer(new Outcome.Unavailable("broken"));
    fixture.verb(BrokerFixture.role("a"), typing("123456"));
    fixture.clock.advance(Duration.ofSeconds(4));
    assertThat(fixture.verb(BrokerFixture.role("a"), typing("123456")))
        .isEqualTo(
            new Outcome.Denied(
                Outcome.Reason.MFA_REFUSED,
                "That code has already been used; wait for the next one."));
  }

  /** A user who types these answers and then none. */
  private Person typing(String... answers) {
    var left = new ArrayList<>(List.of(answers));
    return (Question question) -> {
      questions.add(question.text());
      return left.isEmpty() ? Optional.empty() : Optional.of(Secret.of(left.removeFirst()));
    };
  }
}
