package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

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

  /** An exception that names key and place, never the value. */
  JvaultException wrong(String whatIsWrong) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s (%s) %s%s".formatted(key, where, whatIsWrong, whatIsWrong.endsWith("?") ? "" : "."));
  }

  /** Key and place without the value. */
  @Override
  public String toString() {
    return key + " (" + where + ")";
  }
}
