package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.List;
import java.util.Set;

/** Takes the credential keys out of {@code [default]}, line by line. */
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

  private DefaultKeys() {}

  /** The text without those lines and their continuations, all else byte for byte. */
  static String without(String text, FileKind kind) {
    var kept = new StringBuilder(text.length());
    boolean inDefault = false;
    boolean dropping = false;
    for (ConfigLine line : ConfigLines.of(text)) {
      if (line.kind() == Kind.HEADER) {
        SectionHeader header = SectionHeader.of(line, kind);
        inDefault = header.type() == SectionHeader.Type.PROFILE && header.name().equals("default");
      }
      if (line.kind() == Kind.HEADER || line.kind() == Kind.OPTION) {
        dropping = inDefault && line.kind() == Kind.OPTION && isCredential(line.key());
      }
      if (!dropping || line.kind() == Kind.BLANK) {
        kept.append(line.verbatim());
      }
    }
    return kept.toString();
  }

  private static boolean isCredential(String key) {
    return KEYS.contains(key) || FAMILIES.stream().anyMatch(key::startsWith);
  }
}
