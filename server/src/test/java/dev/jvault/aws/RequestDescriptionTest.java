package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.RequestDescription.Signer;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;

/** How sentences about a request to AWS name what it was signed with. */
final class RequestDescriptionTest {
  @Test
  void aKeyIsNamedByTheEndOfItsId() {
    assertThat(Signer.of(new AccessKey("AKIAIOSFODNN7EXAMPLE", Secret.of("secret"))).name())
        .isEqualTo("the access key ending in MPLE");
  }

  @Test
  @Attack("no-secret-sent")
  void nothingIsShownOfASecretInPlaceOfTheId() {
    var swapped =
        new AccessKey(
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab", Secret.of("AKIAIOSFODNN7EXAMPLE"));
    assertThat(Signer.of(swapped).name())
        .isEqualTo("the access key (not shown: it looks like a secret)");
  }
}
