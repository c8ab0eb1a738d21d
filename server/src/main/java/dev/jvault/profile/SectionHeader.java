package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * The line in brackets that opens a section.
 *
 * @param type what the section is
 * @param name of the profile, the services or the login; for others the whole text in the brackets
 * @param text the text in the brackets
 */
record SectionHeader(Type type, String name, String text) {
  /** What a section is. */
  enum Type {
    /** A profile. */
    PROFILE,
    /** Settings of single services, which profiles refer to. */
    SERVICES,
    /** A login to IAM Identity Center, which profiles refer to. */
    SSO_SESSION,
    /** A section that jvault does not read. */
    OTHER,
    /** No readable header. */
    UNREADABLE
  }

  /** Reads a line that starts with a bracket. */
  static SectionHeader of(ConfigLine line, FileKind kind) {
    String stripped = line.text().replace("\uFEFF", "").strip();
    int end = line.undecodable() ? -1 : end(stripped);
    String text = end < 0 ? "" : stripped.substring(1, end).strip();
    if (text.isEmpty()) {
      return new SectionHeader(Type.UNREADABLE, "", "");
    }
    if (kind == FileKind.CREDENTIALS || text.equals("default")) {
      return new SectionHeader(Type.PROFILE, text, text);
    }
    if (starts(text, "profile")) {
      return named(Type.PROFILE, text, "profile");
    }
    if (starts(text, "services")) {
      return named(Type.SERVICES, text, "services");
    }
    if (starts(text, "sso-session")) {
      return named(Type.SSO_SESSION, text, "sso-session");
    }
    return new SectionHeader(Type.OTHER, text, text);
  }

  /** Whether it opens the profile of this name. */
  boolean isProfile(String wanted) {
    return type == Type.PROFILE && name.equals(wanted);
  }

  private static boolean starts(String text, String word) {
    return text.equals(word) || text.startsWith(word + " ") || text.startsWith(word + "\t");
  }

  /** Two words as in the AWS CLI; more words are a name with spaces, as in aws-vault. */
  private static SectionHeader named(Type type, String text, String word) {
    Optional<List<String>> words = ShellWords.split(text);
    String rest = text.substring(word.length()).strip();
    String name = words.map(list -> list.size() == 2 ? list.get(1) : rest).orElse("");
    return name.isEmpty()
        ? new SectionHeader(Type.UNREADABLE, "", text)
        : new SectionHeader(type, name, text);
  }

  /** The closing bracket: the first one that is followed by the end, a comment or white space. */
  private static int end(String line) {
    for (int i = line.indexOf(']'); i >= 0; i = line.indexOf(']', i + 1)) {
      if (i + 1 == line.length() || " \t#;".indexOf(line.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
