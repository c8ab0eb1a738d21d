package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScryptTest {
  /** RFC 7914, section 12: the vector with block size 8 and no parallelism. */
  @Test
  void derivesTheKeyOfTheSpecification() throws GeneralSecurityException {
    byte[] key = Scrypt.derive(Secret.of("pleaseletmein"), bytes("SodiumChloride"), 14, 64);
    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo(
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
  }

  @ParameterizedTest
  @CsvSource({"a,salt,1", "correct horse,x,5", "grüße ✓ 😀,0123456789,10", "p,s,15"})
  void agreesWithAnotherImplementation(String passphrase, String salt, int workFactor)
      throws GeneralSecurityException {
    byte[] expected = SCrypt.generate(bytes(passphrase), bytes(salt), 1 << workFactor, 8, 1, 32);
    assertThat(Scrypt.derive(Secret.of(passphrase), bytes(salt), workFactor, 32))
        .isEqualTo(expected);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
