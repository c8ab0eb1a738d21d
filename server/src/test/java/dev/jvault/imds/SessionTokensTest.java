package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTokensTest {
  private static final Secret KEY = Secret.of("a key of the test");

  private final FakeClock clock = new FakeClock();
  private final SessionTokens tokens = new SessionTokens(KEY, "dev-imds", clock);

  @ParameterizedTest
  @ValueSource(ints = {1, 300, 21_600})
  @DisplayName("47. a token is valid for as long as was granted, to the second")
  @Attack("imds-tokens")
  void aTokenLivesToTheSecond(int seconds) {
    String token = tokens.issue(seconds);
    assertThat(tokens.left(token)).contains(Duration.ofSeconds(seconds));
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(tokens.left(token)).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.left(token)).isEmpty();
  }

  @Test
  @Attack("imds-tokens")
  void refusesATokenOfAnotherListenerOrKey() {
    String token = tokens.issue(60);
    assertThat(new SessionTokens(KEY, "ops-imds", clock).left(token)).isEmpty();
    assertThat(new SessionTokens(Secret.of("another"), "dev-imds", clock).left(token)).isEmpty();
    assertThat(new SessionTokens(KEY, "dev-imds", clock).left(token)).isPresent();
  }

  @Test
  void refusesATokenOfTheOldKey() {
    String token = tokens.issue(60);
    tokens.renew(Secret.of("a new key"));
    assertThat(tokens.left(token)).isEmpty();
    assertThat(tokens.left(tokens.issue(60))).isPresent();
  }

  @Test
  @Attack("imds-tokens")
  void refusesATokenWithAnyBitChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(tokens.issue(60));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tokens.left(Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(tokens.left(Base64.getUrlEncoder().encodeToString(bytes))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=", "AAAA"})
  void refusesOtherText(String text) {
    assertThat(tokens.left(text)).isEmpty();
    assertThat(tokens.left(text.repeat(14))).isEmpty();
    assertThat(tokens.left("=".repeat(56))).isEmpty();
  }
}
