package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * scrypt with block size 8 and no parallelism. Its large table lies outside the Java heap and is
 * given back at once, so that an unlocked daemon is no larger than before.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7914">RFC 7914</a>
 */
final class Scrypt {
  private static final int BLOCK_SIZE = 8;

  /** One element of the table: 2 × 8 Salsa20 blocks of 16 words. */
  private static final int WORDS = 2 * BLOCK_SIZE * SalsaCore.WORDS;

  private static final int LAST_BLOCK = WORDS - SalsaCore.WORDS;

  private Scrypt() {}

  /** The memory that a derivation takes outside the heap, in bytes. */
  static long memory(int workFactor) {
    return ((long) WORDS * Integer.BYTES) << workFactor;
  }

  /**
   * Derives a key.
   *
   * @param workFactor the logarithm to the base 2 of scrypt's N
   * @param keyLength in bytes
   */
  static byte[] derive(Secret passphrase, byte[] salt, int workFactor, int keyLength)
      throws GeneralSecurityException {
    ByteBuffer block = ByteBuffer.wrap(pbkdf2(passphrase, salt, WORDS * Integer.BYTES));
    block.order(ByteOrder.LITTLE_ENDIAN);
    int[] words = new int[WORDS];
    block.asIntBuffer().get(words);
    block.asIntBuffer().put(mix(words, workFactor));
    return pbkdf2(passphrase, block.array(), keyLength);
  }

  /** ROMix, section 5. */
  private static int[] mix(int[] words, int workFactor) {
    int elements = 1 << workFactor;
    int[] x = words;
    int[] y = new int[WORDS];
    int[] element = new int[WORDS];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = arena.allocate(memory(workFactor), Integer.BYTES);
      for (int i = 0; i < elements; i++) {
        MemorySegment.copy(x, 0, table, ValueLayout.JAVA_INT, offset(i), WORDS);
        int[] next = mixBlock(x, y);
        y = x;
        x = next;
      }
      for (int i = 0; i < elements; i++) {
        int chosen = x[LAST_BLOCK] & (elements - 1);
        MemorySegment.copy(table, ValueLayout.JAVA_INT, offset(chosen), element, 0, WORDS);
        for (int word = 0; word < WORDS; word++) {
          x[word] ^= element[word];
        }
        int[] next = mixBlock(x, y);
        y = x;
        x = next;
      }
      table.fill((byte) 0);
    } catch (OutOfMemoryError e) {
      // Of the table alone, which the limit on memory outside the heap refused.
      throw new JvaultException(
          ExitCode.VAULT,
          "Opening the passphrase file takes %d MiB of memory, more than this process may take."
              .formatted(memory(workFactor) >> 20),
          e);
    }
    return x;
  }

  /** BlockMix, section 4: the even results go to the first half, the odd ones to the second. */
  private static int[] mixBlock(int[] in, int[] out) {
    int[] block = new int[SalsaCore.WORDS];
    System.arraycopy(in, LAST_BLOCK, block, 0, SalsaCore.WORDS);
    for (int i = 0; i < 2 * BLOCK_SIZE; i++) {
      for (int word = 0; word < SalsaCore.WORDS; word++) {
        block[word] ^= in[i * SalsaCore.WORDS + word];
      }
      SalsaCore.apply(block);
      int target = (i / 2 + (i % 2) * BLOCK_SIZE) * SalsaCore.WORDS;
      System.arraycopy(block, 0, out, target, SalsaCore.WORDS);
    }
    return out;
  }

  private static long offset(int element) {
    return (long) element * WORDS * Integer.BYTES;
  }

  private static byte[] pbkdf2(Secret passphrase, byte[] salt, int length)
      throws GeneralSecurityException {
    var key = new PBEKeySpec(passphrase.reveal().toCharArray(), salt, 1, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } finally {
      key.clearPassword();
    }
  }
}
