package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.secret.Secret;

/**
 * Decides what may be stored as a long-lived key. None of the sentences repeats what was given,
 * because it may be a secret in the wrong place.
 */
final class AccessKeyRules {
  private AccessKeyRules() {}

  /**
   * An access key ID that may be stored. Asks the user about one that is none of AWS's.
   *
   * @param given as the user gave it, perhaps with blanks around it
   * @throws JvaultException with {@link ExitCode#USAGE} if it may not
   */
  static String id(String given, Call call) {
    String id = given.strip();
    if (AccessKeyIds.looksLikeSecret(id)) {
      throw wrong(
          "That looks like a secret access key, not like an access key ID; nothing was stored. Give"
              + " the ID (AKIA…) first and the secret after it.");
    }
    if (AccessKeyIds.temporary(id)) {
      throw wrong(
          "An access key ID that begins with ASIA belongs to temporary credentials, which expire;"
              + " nothing was stored. Give the long-lived key of an IAM user (AKIA…).");
    }
    if (!AccessKeyIds.possible(id)) {
      throw wrong(
          "That is not an access key ID: AWS's have 16 or more letters and digits, such as"
              + " AKIAIOSFODNN7EXAMPLE; nothing was stored.");
    }
    if (!AccessKeyIds.ofAws(id) && !mayBeForeign(call)) {
      throw wrong(
          "That is not an access key ID of AWS, which begins with AKIA and has 16 or more capital"
              + " letters and digits; nothing was stored. If it belongs to a stand-in such as"
              + " LocalStack, say yes on a terminal or give --any-id.");
    }
    return id;
  }

  /**
   * A secret access key that may be stored, without blanks around it.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if it may not
   */
  static Secret secret(Secret given) {
    String text = given.reveal().strip();
    if (AccessKeyIds.ofAws(text)) {
      throw wrong(
          "That looks like an access key ID, not like a secret access key; nothing was stored. Give"
              + " the ID first and the secret after it.");
    }
    if (text.isEmpty() || !PrintableText.isPrintable(given.reveal())) {
      throw wrong("That is not a secret access key; copy it again, because nothing was stored.");
    }
    return Secret.of(text);
  }

  /** Asks about a key of a file whose ID is none of AWS's. */
  static boolean mayImport(AccessKey key, String profile, Call call) {
    return AccessKeyIds.ofAws(key.accessKeyId())
        || call.flag("any-id")
        || Confirmation.given(
            call,
            "The access key ID of "
                + profile
                + " is not one of AWS, which begins with AKIA. Import it anyway?");
  }

  private static boolean mayBeForeign(Call call) {
    return call.flag("any-id")
        || Confirmation.given(
            call,
            "That is not an access key ID of AWS, which begins with AKIA. Store it anyway, for a"
                + " stand-in such as LocalStack?");
  }

  private static JvaultException wrong(String sentence) {
    return new JvaultException(ExitCode.USAGE, sentence);
  }
}
