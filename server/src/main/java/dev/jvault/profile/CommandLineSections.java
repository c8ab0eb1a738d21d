package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A config file in which some profiles have one {@code credential_process} line in place of all
 * that said where their credentials come from. Everything else stays byte for byte.
 */
final class CommandLineSections {
  private final FileKind kind;
  private final Map<String, String> commands;

  /**
   * Creates the change.
   *
   * @param commands the line of each profile
   */
  CommandLineSections(FileKind kind, Map<String, String> commands) {
    this.kind = kind;
    this.commands = commands;
  }

  /**
   * The changed file.
   *
   * @param elsewhere profiles that have their line in the other file
   */
  String file(String text, Set<String> elsewhere) {
    List<ConfigLine> lines = ConfigLines.of(text);
    Map<String, Integer> last = lastHeaders(lines);
    var changed = new StringBuilder();
    String profile = "";
    boolean hidden = false;
    for (int at = 0; at < lines.size(); at++) {
      ConfigLine line = lines.get(at);
      if (line.kind() == Kind.HEADER) {
        profile = profile(line);
      }
      if (line.kind() == Kind.HEADER || line.kind() == Kind.OPTION) {
        hidden = isHidden(line, profile);
      }
      if (hidden && line.kind() != Kind.BLANK) {
        continue;
      }
      changed.append(line.verbatim());
      String command = commands.get(profile);
      if (command != null && !elsewhere.contains(profile) && last.getOrDefault(profile, -1) == at) {
        String ending = line.ending().isEmpty() ? "\n" : line.ending();
        changed.append(line.ending().isEmpty() ? ending : "");
        changed.append(indent(lines, at)).append(command).append(ending);
      }
    }
    return changed.toString();
  }

  private boolean isHidden(ConfigLine line, String profile) {
    return line.kind() == Kind.OPTION
        && commands.containsKey(profile)
        && DefaultKeys.isCredential(line.key());
  }

  /** The section that counts, if a profile has more than one. */
  private Map<String, Integer> lastHeaders(List<ConfigLine> lines) {
    var last = new HashMap<String, Integer>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).kind() == Kind.HEADER) {
        last.put(profile(lines.get(at)), at);
      }
    }
    return last;
  }

  /** The white space before the section's first setting that stays, which must not go deeper. */
  private String indent(List<ConfigLine> lines, int header) {
    String profile = profile(lines.get(header));
    for (ConfigLine line : lines.subList(header + 1, lines.size())) {
      if (line.kind() == Kind.HEADER) {
        return "";
      }
      if (line.kind() == Kind.OPTION && !isHidden(line, profile)) {
        return line.text().substring(0, line.text().length() - line.text().stripLeading().length());
      }
    }
    return "";
  }

  private String profile(ConfigLine line) {
    SectionHeader header = SectionHeader.of(line, kind);
    return header.type() == SectionHeader.Type.PROFILE ? header.name() : "";
  }
}
