package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a chain says about the credentials that it leads to, which grants keep in a file. */
final class ChainTest {
  @Test
  void aPlainKeyIsNamedByItsId() {
    assertThat(ofKey("AKIAIOSFODNN7EXAMPLE").leadsTo()).isEqualTo("the key AKIAIOSFODNN7EXAMPLE");
  }

  @Test
  void aSecretInPlaceOfTheIdOfAPlainKeyIsNotShown() {
    assertThat(ofKey("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab").leadsTo())
        .isEqualTo("the key (not shown: it looks like a secret)");
  }

  private static Chain ofKey(String id) {
    var key =
        new Hop.PlainKey("dev", id, Secret.of("secret"), Optional.empty(), "~/.aws/credentials:2");
    return new Chain("dev", List.of(key), Optional.empty());
  }
}
