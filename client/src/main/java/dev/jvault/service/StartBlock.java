package dev.jvault.service;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of lines at the end of a start file of a shell, between two marks. The first mark says
 * what else was added, so that removing the block leaves the file as it was, byte for byte.
 */
final class StartBlock {
  private static final String BEGIN = "# >>> jvault service install >>>";
  private static final String END = "# <<< jvault service install <<<";
  private static final String MADE_FILE = " (made this file)";
  private static final String ADDED_NEWLINE = " (added the end of the line before)";
  private static final Pattern BLOCK =
      Pattern.compile(
          Pattern.quote(BEGIN) + "([^\n]*)\n(?s:.*?)" + Pattern.quote(END) + "(?:\n|$)");

  private StartBlock() {}

  static boolean isIn(String content) {
    return BLOCK.matcher(content).find();
  }

  /**
   * The content with a block at its end.
   *
   * @param content as {@link #removedFrom} returns it; empty for a file that does not exist
   */
  static String addedTo(Optional<String> content, String lines) {
    String before = content.orElse("");
    boolean open = !before.isEmpty() && !before.endsWith("\n");
    String note = content.isEmpty() ? MADE_FILE : open ? ADDED_NEWLINE : "";
    return before
        + (open ? "\n" : "")
        + BEGIN
        + note
        + "\n"
        + UserFiles.bytes(lines)
        + "\n"
        + END
        + "\n";
  }

  /** The content without the block; empty if there is nothing else in a file that we made. */
  static Optional<String> removedFrom(Optional<String> content) {
    if (content.isEmpty()) {
      return content;
    }
    Matcher block = BLOCK.matcher(content.get());
    if (!block.find()) {
      return content;
    }
    String note = block.group(1);
    String before = content.get().substring(0, block.start());
    String after = content.get().substring(block.end());
    if (note.equals(MADE_FILE) && before.isEmpty() && after.isEmpty()) {
      return Optional.empty();
    }
    boolean added = note.equals(ADDED_NEWLINE) && after.isEmpty() && before.endsWith("\n");
    return Optional.of((added ? before.substring(0, before.length() - 1) : before) + after);
  }
}
