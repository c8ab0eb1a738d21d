package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps a file key under a passphrase.
 *
 * @see <a href="https://age-encryption.org/v1#the-scrypt-recipient-type">the scrypt recipient</a>
 */
final class ScryptKey {
  /** The type of the stanza, its first argument. */
  static final String STANZA = "scrypt";

  /** The length of a salt in bytes. */
  static final int SALT_LENGTH = 16;

  /** 2 to the 15th rounds of 1 KiB: 32 MiB of memory. */
  static final int WORK_FACTOR = 15;

  /** A file that asks for more than 1 GiB was not written by jvault, nor by age. */
  static final int MAXIMUM_WORK_FACTOR = 20;

  private static final String SALT_LABEL = "age-encryption.org/v1/scrypt";
  private static final int KEY_LENGTH = 32;
  private static final String CIPHER = "ChaCha20-Poly1305";
  private static final byte[] ZERO_NONCE = new byte[12];

  private final SecretKeySpec key;

  /**
   * Derives the key, which takes a tenth of a second and {@link Scrypt#memory} bytes.
   *
   * @param workFactor the logarithm to the base 2 of scrypt's N
   */
  ScryptKey(Secret passphrase, byte[] salt, int workFactor) throws GeneralSecurityException {
    var labelled = new ByteArrayOutputStream();
    labelled.writeBytes(SALT_LABEL.getBytes(StandardCharsets.US_ASCII));
    labelled.writeBytes(salt);
    byte[] derived = Scrypt.derive(passphrase, labelled.toByteArray(), workFactor, KEY_LENGTH);
    key = new SecretKeySpec(derived, CIPHER);
  }

  byte[] wrap(byte[] fileKey) throws GeneralSecurityException {
    return apply(Cipher.ENCRYPT_MODE, fileKey);
  }

  byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
    return apply(Cipher.DECRYPT_MODE, wrapped);
  }

  private byte[] apply(int mode, byte[] input) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new IvParameterSpec(ZERO_NONCE));
    return cipher.doFinal(input);
  }
}
