package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public test vectors of the age format for passphrases. */
final class ScryptVectorTest {
  private static List<String> vectors() throws IOException {
    try (InputStream file = ScryptVectorTest.class.getResourceAsStream("age-scrypt-vectors.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void areComplete() throws IOException {
    assertThat(vectors()).hasSize(25);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @Attack("encrypted")
  void decryptOrFailAsExpected(String vector) throws Exception {
    String[] fields = vector.split(" \\| ", 5);
    byte[] file = Base64.getDecoder().decode(fields[4]);
    var reader = new PassphraseIdentity(Secret.of(fields[2]));
    if (fields[1].equals("success")) {
      byte[] payload = AgeEnvelope.open(file, reader);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(payload);
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(fields[3]);
      return;
    }
    var refusal =
        catchThrowableOfType(UnreadableFileException.class, () -> AgeEnvelope.open(file, reader));
    assertThat(refusal).isNotNull();
    // Another type of recipient is not a wrong passphrase, because asking again would not help.
    boolean wrongPassphrase = fields[1].equals("no match") && !fields[0].equals("scrypt_uppercase");
    assertThat(refusal.reason() == UnreadableFileException.Reason.OTHER_KEY)
        .isEqualTo(wrongPassphrase);
  }
}
