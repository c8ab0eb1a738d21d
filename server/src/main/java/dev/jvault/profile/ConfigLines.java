package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a config file into lines and says which part each one plays.
 *
 * <p>It follows Python's configparser, by which the AWS CLI reads: a whole section may be indented,
 * and a line belongs to the value above only where it is indented deeper. In one thing it is
 * stricter: a bracket at the start of any line opens a section, so that the keys below a header
 * never fall to the profile above it.
 */
final class ConfigLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final List<ConfigLine> lines = new ArrayList<>();
  private int indent;
  private String option = "";
  private boolean inOption;

  private ConfigLines() {}

  /** The lines of a file; joined verbatim they are the file again. */
  static List<ConfigLine> of(String text) {
    var result = new ConfigLines();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      int next = Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
      result.add(text.substring(start, end), text.substring(end, next));
      start = next;
    }
    return result.lines;
  }

  private void add(String text, String ending) {
    String seen = lines.isEmpty() && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    Kind kind = kind(seen);
    String parent = kind == Kind.CONTINUATION ? option : "";
    var line = new ConfigLine(lines.size() + 1, text, ending, kind, parent);
    lines.add(line);
    if (kind == Kind.OPTION) {
      option = line.key();
    }
  }

  private Kind kind(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
      return Kind.BLANK;
    }
    int depth = text.length() - text.stripLeading().length();
    if (stripped.startsWith("[")) {
      indent = depth;
      inOption = false;
      return Kind.HEADER;
    }
    if (inOption && depth > indent) {
      return Kind.CONTINUATION;
    }
    indent = depth;
    inOption = true;
    return Kind.OPTION;
  }
}
