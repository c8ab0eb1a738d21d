package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

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

  /** 1 GiB of memory; neither jvault nor age writes a file that needs more. */
  static final int MAXIMUM_WORK_FACTOR = 20;

  private static final String SALT_LABEL = "age-encryption.org/v1/scrypt";
  private static final int KEY_LENGTH = 32;
  private static final int BLOCK_SIZE = 8;
  private static final int PARALLELISM = 1;
  private static final String CIPHER = "ChaCha20-Poly1305";
  private static final byte[] ZERO_NONCE = new byte[12];

  private final SecretKeySpec key;

  /**
   * Derives the key, which takes a tenth of a second and 2 to the work factor KiB of memory.
   *
   * @param workFactor the logarithm to the base 2 of scrypt's N
   */
  ScryptKey(Secret passphrase, byte[] salt, int workFactor) throws GeneralSecurityException {
    var labelled = new ByteArrayOutputStream();
    labelled.writeBytes(SALT_LABEL.getBytes(StandardCharsets.US_ASCII));
    labelled.writeBytes(salt);
    key = new SecretKeySpec(derive(passphrase, labelled.toByteArray(), workFactor), CIPHER);
  }

  byte[] wrap(byte[] fileKey) throws GeneralSecurityException {
    return apply(Cipher.ENCRYPT_MODE, fileKey);
  }

  byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
    return apply(Cipher.DECRYPT_MODE, wrapped);
  }

  private static byte[] derive(Secret passphrase, byte[] salt, int workFactor) {
    byte[] characters = passphrase.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] derived =
          SCrypt.generate(characters, salt, 1 << workFactor, BLOCK_SIZE, PARALLELISM, KEY_LENGTH);
      // An idle daemon would otherwise keep the table in memory for hours.
      System.gc();
      return derived;
    } catch (OutOfMemoryError e) {
      // Only scrypt's one large table did not fit, so the daemon can go on.
      throw new JvaultException(
          ExitCode.VAULT,
          "Opening the passphrase file takes %d MiB of memory, more than this process may use."
              .formatted(1 << Math.max(workFactor - 10, 0)),
          e);
    }
  }

  private byte[] apply(int mode, byte[] input) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new IvParameterSpec(ZERO_NONCE));
    return cipher.doFinal(input);
  }
}
