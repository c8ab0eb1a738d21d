package dev.jvault.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;

/** A secret is in no text that a program makes of it by accident. */
final class SecretTest {
  private static final String VALUE = "wJalrXUtnFEMI/K7MDENG";

  private record Holder(String name, Secret secret) {}

  @Test
  @Attack("redacted")
  void noTextOfASecretOrOfWhatHoldsItHasItsContent() {
    Secret secret = Secret.of(VALUE);
    var holder = new Holder("dev", secret);

    assertThat("%s %s %s".formatted(secret, holder, new IllegalStateException("of " + secret)))
        .contains("dev")
        .doesNotContain(VALUE);
  }

  @Test
  @Attack("redacted")
  void theHashOfASecretTellsNothing() {
    assertThat(Secret.of(VALUE)).hasSameHashCodeAs(Secret.of("another"));
    assertThat(Secret.of(VALUE)).isEqualTo(Secret.of(VALUE)).isNotEqualTo(Secret.of("another"));
  }
}
