package dev.jvault.profile;

import dev.jvault.profile.SectionParser.ParsedSection;
import dev.jvault.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One section of a config file: its settings, and what is wrong with its lines, if anything. A
 * broken section has the settings of its good lines. Secrets in plain text are kept apart from the
 * settings.
 */
final class Section {
  /** Each one costs another parse of the section. */
  private static final int MOST_BAD_LINES = 16;

  private final FileKind kind;
  private final Position position;
  private final Map<String, Setting> settings;
  private final Map<String, Secret> secrets;
  private final Optional<String> problem;

  private Section(
      FileKind kind,
      Position position,
      Map<String, Setting> settings,
      Map<String, Secret> secrets,
      Optional<String> problem) {
    this.kind = kind;
    this.position = position;
    this.settings = settings;
    this.secrets = secrets;
    this.problem = problem;
  }

  /** Reads the lines below a header. */
  static Section parse(
      FileKind kind, Position header, List<ConfigLine> lines, SectionParser parser) {
    var good = new ArrayList<String>();
    var problem = Optional.<String>empty();
    for (ConfigLine line : lines) {
      boolean bad = line.undecodable();
      good.add(bad ? "" : line.canonical());
      if (bad && problem.isEmpty()) {
        problem = Optional.of(problem(header.file(), line.number(), "it is not UTF-8 text"));
      }
    }
    if (good.stream().allMatch(String::isEmpty)) {
      return new Section(kind, header, Map.of(), Map.of(), problem);
    }
    for (int tries = 0; tries < MOST_BAD_LINES; tries++) {
      switch (parser.parse(String.join("\n", good))) {
        case ParsedSection.Values(Map<String, String> values) -> {
          Map<String, String> whole = CommandValues.whole(lines, values);
          return new Section(
              kind, header, settings(header.file(), lines, whole), secrets(whole), problem);
        }
        case ParsedSection.Malformed(int bad, String reason) -> {
          int index = Math.min(bad, lines.size()) - 1;
          if (problem.isEmpty()) {
            problem = Optional.of(problem(header.file(), lines.get(index).number(), reason));
          }
          dropLine(good, index);
        }
      }
    }
    return new Section(kind, header, Map.of(), Map.of(), problem);
  }

  /** This section with the settings of a later one of the same name, which win. */
  Section and(Section later) {
    var both = new LinkedHashMap<>(settings);
    both.putAll(later.settings);
    var secrets = new HashMap<>(this.secrets);
    secrets.putAll(later.secrets);
    return new Section(kind, position, both, secrets, problem.or(() -> later.problem));
  }

  /** The value of a key, where it is not blank. */
  Optional<Setting> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** All settings with a value, in the order of their lines. */
  Collection<Setting> settings() {
    return settings.values();
  }

  /** The value of a key of {@link SourceKeys#PLAIN}, unless it is blank. */
  Optional<Secret> secret(String key) {
    return settings.containsKey(key) ? Optional.ofNullable(secrets.get(key)) : Optional.empty();
  }

  /** Which of the two files it is in. */
  FileKind kind() {
    return kind;
  }

  /** Where the header stands. */
  Position position() {
    return position;
  }

  /** The first thing that is wrong with its lines, as a clause with file and line. */
  Optional<String> problem() {
    return problem;
  }

  /** Removes a line that the parser cannot read, so that it can read the others. */
  private static void dropLine(List<String> lines, int index) {
    boolean option = !lines.get(index).startsWith(" ");
    lines.set(index, "");
    for (int i = index + 1; option && i < lines.size(); i++) {
      if (!lines.get(i).isEmpty() && !lines.get(i).startsWith(" ")) {
        break;
      }
      lines.set(i, "");
    }
  }

  private static String problem(Path file, int line, String reason) {
    return "%s cannot be read: %s".formatted(new Position(file, line), reason);
  }

  private static Map<String, Secret> secrets(Map<String, String> values) {
    var secrets = new HashMap<String, Secret>();
    values.forEach((name, value) -> {
      String key = name.toLowerCase(Locale.ROOT);
      if (SourceKeys.PLAIN.contains(key)) {
        secrets.put(key, Secret.of(value.strip()));
      }
    });
    return secrets;
  }

  private static Map<String, Setting> settings(
      Path file, List<ConfigLine> lines, Map<String, String> values) {
    var positions = new HashMap<String, Position>();
    for (ConfigLine line : lines) {
      var place = new Position(file, line.number());
      switch (line.kind()) {
        case OPTION -> positions.put(line.key(), place);
        case CONTINUATION -> positions.putIfAbsent(line.key(), place);
        case BLANK, HEADER -> {}
      }
    }
    var found = new HashMap<String, Setting>();
    values.forEach((name, value) -> {
      String key = name.toLowerCase(Locale.ROOT);
      Position place = positions.get(key);
      if (place != null && !value.isBlank()) {
        String text = SourceKeys.PLAIN.contains(key) ? "(hidden)" : value;
        found.put(key, new Setting(key, text, place.toString()));
      } else if (place != null) {
        found.remove(key);
      }
    });
    return inOrder(found, positions);
  }

  private static Map<String, Setting> inOrder(
      Map<String, Setting> settings, Map<String, Position> positions) {
    var ordered = new LinkedHashMap<String, Setting>();
    positions.entrySet().stream()
        .filter(place -> settings.containsKey(place.getKey()))
        .sorted(Comparator.comparingInt(place -> place.getValue().line()))
        .forEach(place -> ordered.put(place.getKey(), settings.get(place.getKey())));
    return ordered;
  }
}
