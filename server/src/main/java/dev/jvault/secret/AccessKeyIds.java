package dev.jvault.secret;

import java.util.regex.Pattern;

/**
 * What the text of an access key ID shows. A swapped paste puts the secret where the ID belongs, so
 * an ID is not shown before it has been looked at.
 */
public final class AccessKeyIds {
  /** IAM: 16 to 128 characters; AKIA begins the ID of a long-lived key, ASIA that of a session. */
  private static final Pattern OF_AWS = Pattern.compile("A[KS]IA[A-Z0-9_]{12,124}");

  /** AWS's secrets are 30 bytes in base64. IDs are capital letters and digits. */
  private static final Pattern SECRET = Pattern.compile("(?=.*[a-z])[A-Za-z0-9/+=]{40}");

  /** AWS's own, and those of stand-ins and other vendors. */
  private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private AccessKeyIds() {}

  /** Whether a text has the form of AWS's access key IDs. */
  public static boolean ofAws(String text) {
    return OF_AWS.matcher(text).matches();
  }

  /** Whether a text is the ID of temporary credentials. */
  public static boolean temporary(String text) {
    return text.startsWith("ASIA");
  }

  /** Whether a text can be an access key ID of any service. */
  public static boolean possible(String text) {
    return POSSIBLE.matcher(text).matches();
  }

  /** Whether a text has the form of a secret access key. */
  public static boolean looksLikeSecret(String text) {
    return SECRET.matcher(text).matches();
  }

  /** The ID for people and logs; a fixed text in place of one that may be a secret. */
  public static String shown(String id) {
    return looksLikeSecret(id) ? "(not shown: it looks like a secret)" : id;
  }
}
