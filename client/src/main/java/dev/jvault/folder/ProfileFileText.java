package dev.jvault.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a {@link ProfileFile}: one line with the profile's name or with {@code
 * AWS_PROFILE=NAME}, beside empty lines and comments, which begin with {@code #}.
 */
final class ProfileFileText {
  private static final Pattern ASSIGNED =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

  private static final Pattern QUOTED = Pattern.compile("(['\"])(.*)\\1\\s*(?:#.*)?");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*");

  private ProfileFileText() {}

  /**
   * The profile that the text names.
   *
   * @param path for the sentences of failures
   * @throws JvaultException with {@link ExitCode#PROFILE} if it does not name exactly one
   */
  static String profile(Path path, byte[] content) {
    String[] lines = new String(content, UTF_8).replaceFirst("^\ufeff", "").split("\r?\n", -1);
    String profile = "";
    for (int number = 1; number <= lines.length; number++) {
      String place = path + ":" + number;
      String name = name(place, lines[number - 1].strip());
      if (!name.isEmpty() && !profile.isEmpty()) {
        throw wrong(place, "names a second profile");
      }
      profile = profile + name;
    }
    if (profile.isEmpty()) {
      throw wrong(path, "names no profile");
    }
    return profile;
  }

  private static String name(String place, String line) {
    if (COMMENT.matcher(line).lookingAt()) {
      return "";
    }
    Matcher assigned = ASSIGNED.matcher(line);
    String value = line;
    if (assigned.matches()) {
      if (!assigned.group(1).equals("AWS_PROFILE")) {
        throw wrong(place, "sets something else than AWS_PROFILE");
      }
      value = assigned.group(2);
    }
    Matcher quoted = QUOTED.matcher(value);
    String name =
        quoted.matches() ? quoted.group(2) : COMMENT.matcher(value).replaceFirst("").strip();
    if (!PrintableText.isPrintable(name)) {
      throw wrong(place, "names a profile with an unprintable character");
    }
    return name;
  }

  static JvaultException wrong(Object place, String what) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s %s; write the name of one profile there, or name the profile on the command line."
            .formatted(place, what));
  }
}
