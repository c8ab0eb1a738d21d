package dev.jvault.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a block of generated profiles: a section with its lines, or the lines above the first
 * one.
 *
 * @param text its bytes, each one character
 * @param kind {@code profile} or {@code sso-session}; another word for another section, and empty
 *     above the first one
 * @param name of the profile or session
 * @param settings the keys and values of the section
 */
record SsoBlockPart(String text, String kind, String name, Map<String, String> settings) {
  /** The comment in a profile whose role the user no longer has. */
  static final String GONE =
      "# This role is no longer assigned to you; `jvault sso setup --prune` takes the profile out.";

  private static final Pattern HEADER =
      Pattern.compile(
          "\\[\\s*(?:([A-Za-z-]+)\\s+)?(\"[^\"]*\"|'[^']*'|[^]]*?)\\s*].*", Pattern.DOTALL);
  private static final Pattern SETTING =
      Pattern.compile("\\s*([A-Za-z0-9_]+)\\s*[=:]\\s*(.*?)(?:\\s+[#;].*)?\\s*", Pattern.DOTALL);

  /** The keys that setup writes. */
  private static final Set<String> OWN =
      Set.of("sso_session", "sso_account_id", "sso_role_name", "region");

  /** The parts of a text. */
  static List<SsoBlockPart> split(String text) {
    List<SsoBlockPart> parts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : Lines.of(text)) {
      if (line.strip().startsWith("[") && !lines.isEmpty()) {
        parts.add(of(lines));
        lines.clear();
      }
      lines.add(line);
    }
    if (!lines.isEmpty()) {
      parts.add(of(lines));
    }
    return parts;
  }

  private static SsoBlockPart of(List<String> lines) {
    String text = String.join("", lines);
    Matcher header = HEADER.matcher(lines.getFirst().strip());
    if (!header.matches()) {
      return new SsoBlockPart(text, "", "", Map.of());
    }
    Map<String, String> settings = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        settings.put(setting.group(1), Bytes.shown(setting.group(2)));
      }
    }
    String kind = Optional.ofNullable(header.group(1)).orElse("profile");
    String name = Bytes.shown(header.group(2)).replaceAll("^['\"]|['\"]$", "");
    return new SsoBlockPart(text, kind, name, settings);
  }

  /** The role of Identity Center that the profile has by a session. */
  Optional<SsoProfiles.Role> role(String session) {
    String account = settings.get("sso_account_id");
    String role = settings.get("sso_role_name");
    return kind.equals("profile")
            && account != null
            && role != null
            && session.equals(settings.get("sso_session"))
        ? Optional.of(new SsoProfiles.Role(account, role))
        : Optional.empty();
  }

  /** Whether nothing is in it but what setup writes. */
  boolean untouched() {
    return Lines.of(text).stream()
        .skip(1)
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.equals(GONE))
        .allMatch(line -> {
          Matcher setting = SETTING.matcher(line);
          return setting.matches() && OWN.contains(setting.group(1));
        });
  }

  /** The text with the comment below the header. */
  String marked(String lineEnd) {
    List<String> lines = Lines.of(text);
    if (isMarked()) {
      return text;
    }
    String header = lines.getFirst();
    return header
        + (header.endsWith("\n") ? "" : lineEnd)
        + GONE
        + lineEnd
        + String.join("", lines.subList(1, lines.size()));
  }

  /** The text without that comment. */
  String unmarked() {
    return isMarked()
        ? String.join(
            "", Lines.of(text).stream().filter(line -> !line.strip().equals(GONE)).toList())
        : text;
  }

  private boolean isMarked() {
    return Lines.of(text).stream().anyMatch(line -> line.strip().equals(GONE));
  }
}
