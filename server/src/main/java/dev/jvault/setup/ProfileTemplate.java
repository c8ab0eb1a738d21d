package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the names of generated profiles are made, such as {@code {account_name}-{role_name}}. */
public final class ProfileTemplate {
  /** The parts that a template may have. */
  public static final List<String> PARTS =
      List.of(
          "account_id",
          "account_name",
          "account_email",
          "role_name",
          "sso_session",
          "sso_region",
          "region");

  /** The template that is used if the user gives none. */
  public static final String USUAL = "{account_name}-{role_name}";

  private static final Pattern PART = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern ILLEGAL = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}_.@+/-]+");

  private final String text;

  private ProfileTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if it has an unknown part or an open brace
   */
  public static ProfileTemplate of(String text) {
    Matcher part = PART.matcher(text);
    while (part.find()) {
      if (!PARTS.contains(part.group(1))) {
        throw usage("{" + part.group(1) + "} is no part of a profile's name");
      }
    }
    String fixed = PART.matcher(text).replaceAll("");
    if (fixed.contains("{") || fixed.contains("}")) {
      throw usage("A brace of --template is not closed");
    }
    return new ProfileTemplate(text);
  }

  /**
   * The name of one profile: what a shell or a config file would have to quote becomes {@code -}.
   *
   * @param parts the values of {@link #PARTS}; a part that is missing is empty
   * @throws JvaultException with {@link ExitCode#USAGE} if nothing is left of the name
   */
  public String name(Map<String, String> parts) {
    String whole =
        PART.matcher(text)
            .replaceAll(
                part -> Matcher.quoteReplacement(parts.getOrDefault(part.group(1), "").strip()));
    String name =
        ILLEGAL.matcher(whole).replaceAll("-").replaceAll("-{2,}", "-").replaceAll("^-+|-+$", "");
    if (name.isEmpty()) {
      throw new JvaultException(
          ExitCode.USAGE,
          "The template %s gives account %s, role %s no name; add a part such as {account_id}."
              .formatted(text, parts.get("account_id"), parts.get("role_name")));
    }
    return name;
  }

  private static JvaultException usage(String what) {
    return new JvaultException(
        ExitCode.USAGE, "%s; the parts are {%s}.".formatted(what, String.join("}, {", PARTS)));
  }
}
