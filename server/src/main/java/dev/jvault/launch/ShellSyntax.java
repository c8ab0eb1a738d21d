package dev.jvault.launch;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/** How a shell sets and removes variables; every value is quoted so that nothing in it runs. */
public enum ShellSyntax {
  /** POSIX shells: bash, zsh, dash, ksh. */
  SH {
    @Override
    String set(String name, String value) {
      return "export " + name + "='" + value.replace("'", "'\\''") + "'";
    }

    @Override
    String unset(String name) {
      return "unset " + name;
    }
  },
  /** fish: in single quotes, a backslash escapes itself and the quote. */
  FISH {
    @Override
    String set(String name, String value) {
      return "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    String unset(String name) {
      return "set -e " + name;
    }
  },
  /** PowerShell: in single quotes, a quote is doubled. */
  POWERSHELL {
    @Override
    String set(String name, String value) {
      return "$Env:" + name + " = '" + value.replace("'", "''") + "'";
    }

    @Override
    String unset(String name) {
      return "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue";
    }
  };

  abstract String set(String name, String value);

  abstract String unset(String name);

  /**
   * The syntax of a shell.
   *
   * @param word the value of {@code --shell}
   * @throws JvaultException with {@link ExitCode#USAGE} for a shell that is not known
   */
  public static ShellSyntax of(String word) {
    return switch (word) {
      case "sh", "bash", "zsh" -> SH;
      case "fish" -> FISH;
      case "powershell", "pwsh" -> POWERSHELL;
      default ->
          throw new JvaultException(
              ExitCode.USAGE, "There is no shell '" + word + "'; use sh, fish or powershell.");
    };
  }
}
