package dev.jvault.setup;

import dev.jvault.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The bytes of a file as a text in which each byte is one character, so that all that is not
 * touched stays as it is, whatever its encoding.
 */
final class Bytes {
  private Bytes() {}

  /** The text of a file's bytes. */
  static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of such a text. */
  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An ordinary string as such a text, in UTF-8. */
  static String utf8(String string) {
    return text(string.getBytes(StandardCharsets.UTF_8));
  }

  /** Such a text as an ordinary string. */
  static String shown(String text) {
    return new String(of(text), StandardCharsets.UTF_8);
  }

  /** The line end that a file uses. */
  static String lineEnd(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** A digest of a text, to tell later whether it is the same. */
  static String digest(String text) {
    return HexFormat.of().formatHex(Digests.sha256(text));
  }
}
