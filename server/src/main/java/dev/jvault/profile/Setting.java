package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.List;

/**
 * One configured value and its place.
 *
 * @param key the key in the file, or the variable
 * @param text the value; a fixed text in place of a plain-text secret
 * @param where {@code file:line}, or {@code in the environment}
 */
public record Setting(String key, String text, String where) {
  /** A value from the caller's environment. */
  static Setting variable(String name, String value) {
    return new Setting(name, value, "in the environment");
  }

  /** An exception that names key and place, and what is invisible in the value; never the value. */
  JvaultException wrong(String whatIsWrong) {
    List<String> hidden = PrintableText.hidden(text);
    return new JvaultException(
        ExitCode.PROFILE,
        "%s (%s) %s%s%s"
            .formatted(
                key,
                where,
                whatIsWrong,
                whatIsWrong.endsWith("?") ? "" : ".",
                hidden.isEmpty()
                    ? ""
                    : " Its value has invisible characters: %s."
                        .formatted(String.join(", ", hidden))));
  }

  /** Key and place without the value. */
  @Override
  public String toString() {
    return key + " (" + where + ")";
  }
}
