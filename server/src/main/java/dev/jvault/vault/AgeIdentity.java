package dev.jvault.vault;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.jvault.secret.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** An age X25519 identity: the private key that decrypts the vault, and its public recipient. */
final class AgeIdentity {
  private static final String PREFIX = "AGE-SECRET-KEY-1";
  private static final String CURVE = "X25519";
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private final Secret encoded;
  private final RecipientStanzaReader reader;
  private final RecipientStanzaWriter writer;

  private AgeIdentity(Secret encoded) throws GeneralSecurityException {
    this.encoded = encoded;
    this.reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(encoded.reveal());
    this.writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient(encoded));
  }

  /** A new random identity. */
  static AgeIdentity generate() {
    try {
      byte[] key = new X25519KeyPairGenerator().generateKeyPair().getPrivate().getEncoded();
      return new AgeIdentity(Secret.of(new String(key, StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks X25519", e);
    }
  }

  /**
   * The first identity in a text as {@code age-keygen} writes it, with comments; empty if there is
   * none or its checksum is wrong.
   */
  static Optional<AgeIdentity> parse(String text) {
    Optional<String> line =
        text.lines().map(String::strip).filter(l -> l.startsWith(PREFIX)).findFirst();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AgeIdentity(Secret.of(line.get())));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@code AGE-SECRET-KEY-1…} */
  Secret encoded() {
    return encoded;
  }

  RecipientStanzaReader reader() {
    return reader;
  }

  RecipientStanzaWriter writer() {
    return writer;
  }

  /** The public key is the private one times the base point (RFC 7748, section 6.1). */
  private static CharSequence recipient(Secret identity) throws GeneralSecurityException {
    byte[] privateKey = Bech32.getDecoder().decode(identity.reveal()).getData();
    KeyFactory keys = KeyFactory.getInstance(CURVE);
    KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
    agreement.init(
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
    agreement.doPhase(
        keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
    return Bech32.getEncoder().encode("age", agreement.generateSecret());
  }
}
