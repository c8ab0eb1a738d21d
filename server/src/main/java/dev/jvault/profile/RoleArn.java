package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.regex.Pattern;

/** The name of a role: {@code arn:aws:iam::123456789012:role/path/NAME}. */
public final class RoleArn {
  static final Pattern PATTERN =
      Pattern.compile("arn:[a-z0-9-]+:iam::\\d{12}:role/[\\x21-\\x7e]{1,575}");

  /** It stands in a path of the endpoint, which takes no escapes, and no dot after a slash. */
  private static final Pattern IN_PATH = Pattern.compile("(?!.*//)(?!.*/\\.)[A-Za-z0-9_+=,.@:/-]+");

  private RoleArn() {}

  /** Whether it is the name of a role that can be asked for over the endpoint. */
  public static boolean valid(String text) {
    return PATTERN.matcher(text).matches() && IN_PATH.matcher(text).matches();
  }

  /**
   * The same text.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if it is not the ARN of a role
   */
  public static String checked(String text) {
    if (valid(text)) {
      return text;
    }
    String reason =
        PATTERN.matcher(text).matches()
            ? "has a character that an address cannot have; rename the role's path"
            : "is not a role such as arn:aws:iam::123456789012:role/NAME; correct it";
    throw new JvaultException(
        ExitCode.USAGE, "\"" + PrintableText.quoted(text) + "\" " + reason + ".");
  }
}
