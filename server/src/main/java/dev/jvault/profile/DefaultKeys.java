package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of one file that give {@code [default]} credentials, and the file without them. */
final class DefaultKeys {
  private static final Set<String> KEYS =
      Set.of(
          "aws_access_key_id",
          "aws_secret_access_key",
          "aws_session_token",
          "aws_security_token",
          "role_arn",
          "source_profile",
          "credential_source",
          "credential_process",
          "login_session");
  private static final List<String> FAMILIES = List.of("sso_", "web_identity_");

  private final List<ConfigLine> lines;
  private final List<ConfigLine> options = new ArrayList<>();
  private final Set<Integer> taken = new HashSet<>();

  private DefaultKeys(List<ConfigLine> lines) {
    this.lines = lines;
  }

  /** Finds the lines. */
  static DefaultKeys in(String text, FileKind kind) {
    var keys = new DefaultKeys(ConfigLines.of(text));
    boolean inDefault = false;
    boolean taking = false;
    for (ConfigLine line : keys.lines) {
      if (line.kind() == Kind.HEADER) {
        inDefault = SectionHeader.of(line, kind).isProfile("default");
      }
      if (line.kind() == Kind.HEADER || line.kind() == Kind.OPTION) {
        taking = inDefault && line.kind() == Kind.OPTION && isCredential(line.key());
      }
      if (taking && line.kind() == Kind.OPTION) {
        keys.options.add(line);
      }
      if (taking && line.kind() != Kind.BLANK) {
        keys.taken.add(line.number());
      }
    }
    return keys;
  }

  /** The lines that set a credential key, without their continuations. */
  List<ConfigLine> options() {
    return options;
  }

  /** The text without those lines and their continuations; all else stays byte for byte. */
  String without() {
    var kept = new StringBuilder();
    for (ConfigLine line : lines) {
      if (!taken.contains(line.number())) {
        kept.append(line.verbatim());
      }
    }
    return kept.toString();
  }

  /** Whether a setting is one that decides where credentials come from. */
  static boolean isCredential(String key) {
    return KEYS.contains(key) || FAMILIES.stream().anyMatch(key::startsWith);
  }
}
