package dev.jvault.profile;

import dev.jvault.profile.SectionParser.ParsedSection;
import dev.jvault.secret.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a section.
 *
 * @param settings by key, in the order of their lines; those that are blank are left out
 * @param secrets the values of the keys of {@link SourceKeys#PLAIN}
 * @param problem the first thing that is wrong with its lines, as a clause with file and line
 */
record SectionContent(
    Map<String, Setting> settings, Map<String, Secret> secrets, Optional<String> problem) {
  /** Each one costs another parse of the section. */
  private static final int MOST_BAD_LINES = 16;

  /**
   * Reads the lines below a header.
   *
   * @param lines counted from the header
   */
  static SectionContent read(Position header, List<ConfigLine> lines, SectionParser parser) {
    var good = new ArrayList<String>();
    var problem = Optional.<String>empty();
    for (ConfigLine line : lines) {
      boolean bad = line.undecodable();
      good.add(bad ? "" : line.canonical());
      if (bad && problem.isEmpty()) {
        problem = Optional.of(problem(header, line.number(), "it is not UTF-8 text"));
      }
    }
    if (good.stream().allMatch(String::isEmpty)) {
      return new SectionContent(Map.of(), Map.of(), problem);
    }
    for (int tries = 0; tries < MOST_BAD_LINES; tries++) {
      switch (parser.parse(String.join("\n", good))) {
        case ParsedSection.Values(Map<String, String> values) -> {
          Map<String, String> whole = CommandValues.whole(lines, values);
          return new SectionContent(settings(header, lines, whole), secrets(whole), problem);
        }
        case ParsedSection.Malformed(int bad, String reason) -> {
          int index = Math.min(bad, lines.size()) - 1;
          if (problem.isEmpty()) {
            problem = Optional.of(problem(header, lines.get(index).number(), reason));
          }
          dropLine(good, index);
        }
      }
    }
    return new SectionContent(Map.of(), Map.of(), problem);
  }

  /** The content of several sections, of which the later ones win. */
  static SectionContent merged(List<SectionContent> parts) {
    var settings = new LinkedHashMap<String, Setting>();
    var secrets = new HashMap<String, Secret>();
    for (SectionContent part : parts) {
      settings.putAll(part.settings);
      secrets.putAll(part.secrets);
    }
    return new SectionContent(
        settings, secrets, parts.stream().flatMap(part -> part.problem.stream()).findFirst());
  }

  /** Names the keys only. */
  @Override
  public String toString() {
    return "SectionContent" + settings.keySet();
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

  private static String problem(Position header, int line, String reason) {
    return "%s cannot be read: %s".formatted(below(header, line), reason);
  }

  /** The place of a line that is counted from the header. */
  private static Position below(Position header, int line) {
    return new Position(header.file(), header.line() + line);
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
      Position header, List<ConfigLine> lines, Map<String, String> values) {
    var positions = new HashMap<String, Position>();
    for (ConfigLine line : lines) {
      Position place = below(header, line.number());
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
