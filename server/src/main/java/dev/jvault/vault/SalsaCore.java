package dev.jvault.vault;

/**
 * The Salsa20/8 core: a permutation of 16 words that scrypt is built on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7914#section-3">RFC 7914, section 3</a>
 */
final class SalsaCore {
  /** The words of a block. */
  static final int WORDS = 16;

  private static final int DOUBLE_ROUNDS = 4;

  private SalsaCore() {}

  /** Replaces a block by its image. */
  static void apply(int[] block) {
    int[] x = block.clone();
    for (int i = 0; i < DOUBLE_ROUNDS; i++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int word = 0; word < WORDS; word++) {
      block[word] += x[word];
    }
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
