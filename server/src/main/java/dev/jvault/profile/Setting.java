package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/**
 * One value that a person has set, and where.
 *
 * @param key the key in the file, or the variable
 * @param text the value; a fixed text in place of a plain-text secret
 * @param where {@code file:line}, or that it is a variable
 */
public record Setting(String key, String text, String where) {
  /** A value from the caller's environment. */
  static Setting variable(String name, String value) {
    return new Setting(name, value, "in the environment");
  }

  /** A fault that names key and place, never the value. */
  JvaultException wrong(String whatIsWrong) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s (%s) %s%s".formatted(key, where, whatIsWrong, whatIsWrong.endsWith("?") ? "" : "."));
  }

  /** Tells where and what it is, not the value. */
  @Override
  public String toString() {
    return key + " (" + where + ")";
  }
}
