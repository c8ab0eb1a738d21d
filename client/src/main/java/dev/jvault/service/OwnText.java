package dev.jvault.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that jvault writes as a whole. Their last line is a comment with a hash of the others, so
 * that jvault replaces its own files only, and keeps those that the user wrote or edited.
 */
final class OwnText {
  /** What is in the place of a file of ours. */
  enum State {
    MISSING,
    /** As jvault wrote it, be it another version of jvault or with other values. */
    OURS,
    /** The user has written or edited it. */
    EDITED
  }

  private static final Pattern MARK =
      Pattern.compile("(?:# |<!-- )made by jvault service install, ([0-9a-f]{16})[^\n]*\n");

  private OwnText() {}

  /** The text with its mark, for a file with comments that begin with a number sign. */
  static String marked(String text) {
    return text + "# " + mark(text) + "\n";
  }

  /** The text with its mark, for XML. */
  static String markedXml(String text) {
    return text + "<!-- " + mark(text) + " -->\n";
  }

  static State of(Path file) {
    return UserFiles.read(file).map(OwnText::of).orElse(State.MISSING);
  }

  private static State of(String content) {
    int last = content.lastIndexOf('\n', content.length() - 2) + 1;
    Matcher mark = MARK.matcher(content.substring(last));
    return mark.matches() && mark.group(1).equals(hash(content.substring(0, last)))
        ? State.OURS
        : State.EDITED;
  }

  /** How a file that the user edited differs from ours; empty if it is not edited. */
  static Optional<String> difference(Path file, String ours) {
    return of(file) == State.EDITED
        ? UserFiles.read(file).map(theirs -> LineDiff.of(ours, UserFiles.text(theirs)))
        : Optional.empty();
  }

  private static String mark(String text) {
    return "made by jvault service install, "
        + hash(UserFiles.bytes(text))
        + "; jvault keeps this file as it is if you edit it";
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(content.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
