package dev.jvault.profile;

import dev.jvault.secret.Secret;
import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One section of a config file: its settings, and what is wrong with its lines, if anything. A
 * broken section has the settings of its good lines. Secrets in plain text are kept apart from the
 * settings. Its lines are parsed at the first use, because a file may have thousands of sections of
 * which one is used. Safe for many threads.
 */
final class Section {
  private final FileKind kind;
  private final Position position;
  private final Supplier<SectionContent> reading;
  private volatile SoftReference<SectionContent> content = new SoftReference<>(null);

  private Section(FileKind kind, Position position, Supplier<SectionContent> reading) {
    this.kind = kind;
    this.position = position;
    this.reading = reading;
  }

  /** The lines below a header. */
  static Section of(FileKind kind, Position header, List<ConfigLine> lines, SectionParser parser) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line.verbatim()));
    String below = text.toString();
    return new Section(
        kind, header, () -> SectionContent.read(header, ConfigLines.of(below), parser));
  }

  /**
   * Sections of one name as one, whose later settings win.
   *
   * @param parts at least one; there may be as many as a file has lines
   */
  static Section merged(List<Section> parts) {
    Section first = parts.getFirst();
    return parts.size() == 1
        ? first
        : new Section(
            first.kind,
            first.position,
            () -> SectionContent.merged(parts.stream().map(Section::content).toList()));
  }

  /** The value of a key, unless it is blank. */
  Optional<Setting> setting(String key) {
    return Optional.ofNullable(content().settings().get(key));
  }

  /** All settings with a value, in the order of their lines. */
  Collection<Setting> settings() {
    return content().settings().values();
  }

  /** The value of a key of {@link SourceKeys#PLAIN}, unless it is blank. */
  Optional<Secret> secret(String key) {
    SectionContent now = content();
    return now.settings().containsKey(key)
        ? Optional.ofNullable(now.secrets().get(key))
        : Optional.empty();
  }

  /** The first thing that is wrong with its lines, as a clause with file and line. */
  Optional<String> problem() {
    return content().problem();
  }

  /** Which of the two files it is in. */
  FileKind kind() {
    return kind;
  }

  /** Where the header stands. */
  Position position() {
    return position;
  }

  private SectionContent content() {
    SectionContent known = content.get();
    if (known != null) {
      return known;
    }
    SectionContent read = reading.get();
    content = new SoftReference<>(read);
    return read;
  }
}
