package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives settings of a config file other values. All other bytes stay as they are. For one thread.
 */
final class SettingEdit {
  private final FileKind kind;
  private final String newline;
  private byte[] content;

  SettingEdit(byte[] content, FileKind kind) {
    this.content = content;
    this.kind = kind;
    this.newline = latin(content).contains("\r\n") ? "\r\n" : "\n";
  }

  byte[] content() {
    return content;
  }

  /** Lines of a file without what makes no difference. */
  static String canonical(List<ConfigLine> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(canonical(line)).append('\n'));
    return text.toString().strip();
  }

  private static String canonical(ConfigLine line) {
    String text = line.text().strip();
    int equals = text.indexOf('=');
    return line.kind() == Kind.OPTION && equals > 0
        ? line.key() + "=" + text.substring(equals + 1).strip()
        : text;
  }

  /**
   * Makes a change.
   *
   * @return whether the file has the new value; false if the setting has neither the old value nor
   *     the new one, because someone else has changed it
   */
  boolean make(ConfigChanges.Change change) {
    List<ConfigLine> lines = ConfigLines.of(new String(content, StandardCharsets.UTF_8));
    int header = header(lines, change);
    if (header < 0) {
      append(change);
      return true;
    }
    int end = end(lines, header);
    int option = option(lines, header, end, change.key());
    if (option < 0) {
      insert(change, lines, lastSetting(lines, header, end));
      return true;
    }
    int next = option + 1;
    while (next < end && lines.get(next).kind() == Kind.CONTINUATION) {
      next++;
    }
    String now = canonical(lines.subList(option, next));
    if (now.equals(canonical(ConfigLines.of(String.join("\n", change.lines()))))) {
      return true;
    }
    // A copy hides where credentials come from, so that whoever sets that has not seen the old
    // value.
    boolean expected =
        change.before().map(now::equals).orElse(DefaultKeys.isCredential(change.key()));
    if (!expected) {
      return false;
    }
    String ending = lines.get(next - 1).ending();
    replace(option, next, indent(lines.get(option)), change, ending);
    return true;
  }

  private void append(ConfigChanges.Change change) {
    String text = latin(content);
    String gap = text.isEmpty() ? "" : text.endsWith("\n") ? newline : newline + newline;
    content = bytes(text + gap + latin(change.header()) + newline + block(change, "", newline));
  }

  /** Behind the last setting of the section, so that comments before the next one stay there. */
  private void insert(ConfigChanges.Change change, List<ConfigLine> lines, int after) {
    List<ConfigLine> raw = ConfigLines.of(latin(content));
    String indent = lines.get(after).kind() == Kind.HEADER ? "" : sectionIndent(lines, after);
    var text = new StringBuilder();
    for (int at = 0; at < raw.size(); at++) {
      ConfigLine line = raw.get(at);
      text.append(line.verbatim());
      if (at == after) {
        text.append(line.ending().isEmpty() ? newline : "");
        text.append(block(change, indent, line.ending()));
      }
    }
    content = bytes(text.toString());
  }

  private static String sectionIndent(List<ConfigLine> lines, int last) {
    int at = last;
    while (lines.get(at).kind() == Kind.CONTINUATION || lines.get(at).kind() == Kind.BLANK) {
      at--;
    }
    return indent(lines.get(at));
  }

  private void replace(
      int from, int to, String indent, ConfigChanges.Change change, String ending) {
    List<ConfigLine> raw = ConfigLines.of(latin(content));
    var text = new StringBuilder();
    raw.subList(0, from).forEach(line -> text.append(line.verbatim()));
    text.append(block(change, indent, ending));
    raw.subList(to, raw.size()).forEach(line -> text.append(line.verbatim()));
    content = bytes(text.toString());
  }

  /** The change's lines, the first one as deep as the settings around it. */
  private String block(ConfigChanges.Change change, String indent, String ending) {
    var text = new StringBuilder();
    List<String> lines = change.lines();
    for (int at = 0; at < lines.size(); at++) {
      String line = at == 0 ? indent + lines.get(at).strip() : deeper(indent, lines.get(at));
      text.append(latin(line)).append(at == lines.size() - 1 ? ending : newline);
    }
    return text.toString();
  }

  private static String deeper(String indent, String line) {
    return indent.isEmpty() ? line : indent + "  " + line.strip();
  }

  private int header(List<ConfigLine> lines, ConfigChanges.Change change) {
    String wanted = SectionHeader.of(ConfigLines.of(change.header()).getFirst(), kind).text();
    for (int at = lines.size() - 1; at >= 0; at--) {
      ConfigLine line = lines.get(at);
      if (line.kind() == Kind.HEADER && SectionHeader.of(line, kind).text().equals(wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static int end(List<ConfigLine> lines, int header) {
    int end = header + 1;
    while (end < lines.size() && lines.get(end).kind() != Kind.HEADER) {
      end++;
    }
    return end;
  }

  private static int option(List<ConfigLine> lines, int header, int end, String key) {
    for (int at = end - 1; at > header; at--) {
      if (lines.get(at).kind() == Kind.OPTION && lines.get(at).key().equals(key)) {
        return at;
      }
    }
    return -1;
  }

  private static int lastSetting(List<ConfigLine> lines, int header, int end) {
    int last = end - 1;
    while (last > header && lines.get(last).kind() == Kind.BLANK) {
      last--;
    }
    return last;
  }

  private static String indent(ConfigLine line) {
    String text = line.text();
    return text.substring(0, text.length() - text.stripLeading().length());
  }

  /** Each byte as one character, so that bytes that are not UTF-8 stay. */
  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String latin(String text) {
    return latin(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }
}
