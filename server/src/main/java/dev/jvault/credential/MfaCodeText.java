package dev.jvault.credential;

import dev.jvault.secret.Secret;
import java.util.regex.Pattern;

/** What a user types, or a program prints, as an MFA code. AWS's codes have six digits. */
public final class MfaCodeText {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private MfaCodeText() {}

  /** The text without blanks, which devices show between the digits. */
  public static Secret withoutBlanks(Secret typed) {
    return Secret.of(BLANKS.matcher(typed.reveal()).replaceAll(""));
  }

  /** Whether a text without blanks is a code. */
  public static boolean isCode(Secret text) {
    return CODE.matcher(text.reveal()).matches();
  }
}
