package dev.jvault.profile;

import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One config or credentials file, read. Immutable. */
final class ConfigFile {
  private final Path path;
  private final Map<String, Section> profiles = new LinkedHashMap<>();
  private final Map<String, Section> services = new LinkedHashMap<>();
  private final Map<String, Section> ssoSessions = new LinkedHashMap<>();
  private final Map<String, Position> others = new LinkedHashMap<>();
  private final List<Position> strays = new ArrayList<>();

  private ConfigFile(Path path) {
    this.path = path;
  }

  /** A file without sections. */
  static ConfigFile empty(Path path) {
    return new ConfigFile(path);
  }

  /** Reads a text. A fault breaks the section that it is in, and no other. */
  static ConfigFile parse(Path path, String text, FileKind kind, SectionParser parser) {
    var file = new ConfigFile(path);
    List<ConfigLine> lines = ConfigLines.of(text);
    var headers = new LinkedHashMap<SectionHeader, List<Section>>();
    int start = nextHeader(lines, 0);
    file.strays(lines.subList(0, start));
    while (start < lines.size()) {
      int end = nextHeader(lines, start + 1);
      ConfigLine first = lines.get(start);
      SectionHeader header = SectionHeader.of(first, kind);
      var position = new Position(path, first.number());
      switch (header.type()) {
        case UNREADABLE -> file.strays.add(position);
        case OTHER -> file.others.putIfAbsent(header.name(), position);
        case PROFILE, SERVICES, SSO_SESSION ->
            headers
                .computeIfAbsent(header, _ -> new ArrayList<>())
                .add(Section.of(kind, position, lines.subList(start + 1, end), parser));
      }
      start = end;
    }
    // As in botocore, a name that is spelled in two ways ([default], [profile default]) means the
    // later section alone, while sections with the same spelling add up, as in the SDKs.
    headers.forEach(
        (header, parts) -> file.sections(header.type()).put(header.name(), Section.merged(parts)));
    return file;
  }

  private Map<String, Section> sections(SectionHeader.Type type) {
    return switch (type) {
      case PROFILE -> profiles;
      case SERVICES -> services;
      case SSO_SESSION -> ssoSessions;
      case OTHER, UNREADABLE -> throw new IllegalArgumentException("a section that is not kept");
    };
  }

  /** The file that was read. */
  Path path() {
    return path;
  }

  /** The profiles, in the order of the file. */
  Map<String, Section> profiles() {
    return profiles;
  }

  /** A {@code [services NAME]} section. */
  Optional<Section> services(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /** The {@code [sso-session NAME]} sections, in the order of the file. */
  Map<String, Section> ssoSessions() {
    return ssoSessions;
  }

  /** Where a section stands whose header is just this text, and which is no profile. */
  Optional<Position> otherSection(String text) {
    return Optional.ofNullable(others.get(text));
  }

  /** What is wrong with single lines, each a sentence with file and line. */
  List<String> faults() {
    return Stream.concat(
            Stream.of(profiles, services, ssoSessions)
                .flatMap(sections -> sections.entrySet().stream())
                .flatMap(section ->
                    section.getValue().problem().stream()
                        .map(problem ->
                            "[%s] is broken: %s."
                                .formatted(PrintableText.quoted(section.getKey()), problem))),
            strays.stream().map("%s belongs to no section that can be read."::formatted))
        .toList();
  }

  /** Lines that belong to no section: before the first header, or headers that are unreadable. */
  List<Position> strays() {
    return strays;
  }

  private void strays(List<ConfigLine> preamble) {
    preamble.stream()
        .filter(line -> line.kind() != ConfigLine.Kind.BLANK)
        .limit(1)
        .forEach(line -> strays.add(new Position(path, line.number())));
  }

  private static int nextHeader(List<ConfigLine> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).kind() == ConfigLine.Kind.HEADER) {
        return i;
      }
    }
    return lines.size();
  }
}
