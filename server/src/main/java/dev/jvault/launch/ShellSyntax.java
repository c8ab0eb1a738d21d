package dev.jvault.launch;

import dev.jvault.command.ShellQuote;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a shell sets and removes variables; every value is quoted so that nothing in it runs. */
public enum ShellSyntax {
  /** POSIX shells: bash, zsh, dash, ksh. */
  SH {
    @Override
    public String set(String name, String value) {
      return "export " + name + "=" + word(value);
    }

    @Override
    String setToContent(String name, String file) {
      return "export " + name + "=\"$(cat " + word(file) + ")\"";
    }

    @Override
    String unset(List<String> names) {
      return "unset " + String.join(" ", names);
    }
  },
  /** fish: in single quotes, a backslash escapes itself and the quote. */
  FISH {
    @Override
    public String set(String name, String value) {
      return "set -gx " + name + " " + ShellQuote.fish(value);
    }

    @Override
    String setToContent(String name, String file) {
      return "set -gx " + name + " (cat " + ShellQuote.fish(file) + ")";
    }

    /*
     * Erases the global variable only, because {@code set -e} would erase a universal one for good.
     * An empty global one hides a universal one: every SDK takes it for unset.
     */
    @Override
    String unset(List<String> names) {
      return names.stream()
          .map("set -eg %1$s; set -q %1$s; and set -gx %1$s ''"::formatted)
          .collect(Collectors.joining("; "));
    }
  },
  /** PowerShell: in single quotes, each kind of single quote is doubled. */
  POWERSHELL {
    @Override
    public String set(String name, String value) {
      return "$Env:" + name + " = " + powerShellQuoted(value);
    }

    @Override
    String setToContent(String name, String file) {
      return "$Env:" + name + " = Get-Content -Raw -LiteralPath " + powerShellQuoted(file);
    }

    @Override
    String unset(List<String> names) {
      return names.stream()
          .map(name -> "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue")
          .collect(Collectors.joining("; "));
    }
  };

  /** PowerShell's tokenizer takes U+2018 to U+201B for the ASCII quote, also in a string. */
  private static final Pattern POWERSHELL_QUOTE = Pattern.compile("['\\u2018-\\u201b]");

  /** The command that sets an exported variable, on one line. */
  public abstract String set(String name, String value);

  /** Sets a variable to the content of a file, without its line end. */
  abstract String setToContent(String name, String file);

  abstract String unset(List<String> names);

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

  private static String powerShellQuoted(String value) {
    return "'" + POWERSHELL_QUOTE.matcher(value).replaceAll("$0$0") + "'";
  }

  /** A value as one word of a POSIX shell. */
  private static String word(String value) {
    return mayChange(value) ? printed(value) : ShellQuote.posix(value);
  }

  /**
   * Whether {@code eval $(…)} without quotes would change the value: the shell splits the text at
   * blanks, joins the words with single spaces, and takes some characters for patterns of file
   * names.
   */
  private static boolean mayChange(String value) {
    return value.contains("  ") || value.chars().anyMatch(c -> "\t*?[(){}\\".indexOf(c) >= 0);
  }

  /** The value as printf makes it, in octal if a shell may change it on the way to eval. */
  private static String printed(String value) {
    var text = new StringBuilder("\"$(printf '");
    int begin = text.length();
    value
        .chars()
        .forEach(c -> {
          // At the beginning, a hyphen would begin an option of printf.
          boolean option = c == '-' && text.length() == begin;
          if (option || " \t*?[(){}\\%'".indexOf(c) >= 0) {
            text.append("\\%03o".formatted(c));
          } else {
            text.append((char) c);
          }
        });
    return text.append("')\"").toString();
  }
}
