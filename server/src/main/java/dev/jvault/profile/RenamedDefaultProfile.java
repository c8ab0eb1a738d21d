package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The profile {@code default} under another name, so that profiles that have it as their source
 * still work when {@code [default]} itself must have no credentials.
 */
final class RenamedDefaultProfile {
  private static final String DEFAULT = "default";

  private final FileKind kind;
  private final String name;

  RenamedDefaultProfile(FileKind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /** Whether a profile names {@code default} as its source. */
  static boolean wanted(String text, FileKind kind) {
    boolean inProfile = false;
    for (ConfigLine line : ConfigLines.of(text)) {
      if (line.kind() == Kind.HEADER) {
        SectionHeader header = SectionHeader.of(line, kind);
        inProfile = header.type() == SectionHeader.Type.PROFILE && !header.isProfile(DEFAULT);
      }
      if (inProfile && isReference(line)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A file whose references to {@code default} lead to the other name.
   *
   * @param without the file without the keys of {@code [default]}
   * @param whole the file with them
   */
  String file(String without, String whole) {
    var text = new StringBuilder();
    ConfigLines.of(without).forEach(line -> text.append(referred(line)));
    section(whole)
        .ifPresent(section -> {
          if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
          }
          text.append(header()).append('\n').append(section);
        });
    return text.toString();
  }

  /**
   * The content of {@code [default]}; as everywhere in jvault, the later of two spellings of that
   * header counts.
   */
  private Optional<String> section(String whole) {
    Map<String, StringBuilder> spellings = new LinkedHashMap<>();
    Optional<String> spelling = Optional.empty();
    for (ConfigLine line : ConfigLines.of(whole)) {
      if (line.kind() == Kind.HEADER) {
        SectionHeader header = SectionHeader.of(line, kind);
        spelling = header.isProfile(DEFAULT) ? Optional.of(header.text()) : Optional.empty();
        spelling.ifPresent(text -> spellings.computeIfAbsent(text, _ -> new StringBuilder()));
      } else {
        spelling.map(spellings::get).ifPresent(body -> body.append(referred(line)));
      }
    }
    return spellings.isEmpty()
        ? Optional.empty()
        : Optional.of(List.copyOf(spellings.values()).getLast().toString());
  }

  private String header() {
    return kind == FileKind.CONFIG ? "[profile " + name + "]" : "[" + name + "]";
  }

  private String referred(ConfigLine line) {
    if (!isReference(line)) {
      return line.verbatim();
    }
    int at = line.text().lastIndexOf(DEFAULT);
    return line.text().substring(0, at)
        + name
        + line.text().substring(at + DEFAULT.length())
        + line.ending();
  }

  private static boolean isReference(ConfigLine line) {
    return line.kind() == Kind.OPTION
        && line.key().equals("source_profile")
        && line.canonical().replaceFirst("^[^=]*=", "").strip().equals(DEFAULT);
  }
}
