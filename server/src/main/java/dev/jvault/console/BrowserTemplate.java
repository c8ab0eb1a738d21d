package dev.jvault.console;

import dev.jvault.profile.ShellWords;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command in {@code JVAULT_BROWSER}, with placeholders: {@code %s} is the address, {@code %c}
 * and {@code %g} the same for a container of Firefox (by the extensions "Open external links in a
 * container" and "Granted"), {@code %p} the profile, {@code %a} the account, and {@code %%} a
 * percent sign.
 */
final class BrowserTemplate {
  /** The variable with the command. */
  static final String VARIABLE = "JVAULT_BROWSER";

  private final List<String> words;

  private BrowserTemplate(List<String> words) {
    this.words = words;
  }

  /**
   * Reads a command line, with the quotes of a shell.
   *
   * @throws JvaultException if a quote is left open
   */
  static BrowserTemplate of(String line) {
    return new BrowserTemplate(
        ShellWords.split(line)
            .filter(words -> !words.isEmpty())
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.USAGE,
                    VARIABLE
                        + " is not a command such as `firefox %c`; close its quotes, or unset it.")));
  }

  /**
   * The command line.
   *
   * @param address an address that may stand there; the last word if no placeholder stands for it
   */
  List<String> command(String address, ConsoleName name) {
    var command = new ArrayList<String>();
    boolean placed = false;
    for (String word : words) {
      String filled = filled(word, address, name);
      placed |= filled.contains(address) || filled.contains(encoded(address));
      command.add(filled);
    }
    if (!placed) {
      command.add(address);
    }
    return command;
  }

  private static String filled(String word, String address, ConsoleName name) {
    var filled = new StringBuilder();
    for (int at = 0; at < word.length(); at++) {
      char next = word.charAt(at) == '%' && at + 1 < word.length() ? word.charAt(at + 1) : 0;
      String value =
          switch (next) {
            case 's' -> address;
            case 'c' -> container("ext+container:", address, name);
            case 'g' -> container("ext+granted-containers:", address, name);
            case 'p' -> file(name.profile());
            case 'a' -> file(name.account());
            case '%' -> "%";
            default -> "";
          };
      filled.append(value.isEmpty() ? word.substring(at, at + 1) : value);
      at += value.isEmpty() ? 0 : 1;
    }
    return filled.toString();
  }

  private static String container(String scheme, String address, ConsoleName name) {
    return scheme + "name=" + encoded(name.profile()) + "&url=" + encoded(address);
  }

  /** A name that can be a folder's, and is no option. */
  private static String file(String name) {
    return name.replaceAll("[^A-Za-z0-9._@-]", "-").replaceFirst("^[-.]", "_");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
