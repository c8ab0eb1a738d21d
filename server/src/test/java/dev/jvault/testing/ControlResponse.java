package dev.jvault.testing;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response of the control socket.
 *
 * @param headers the headers by lower-case names
 */
public record ControlResponse(int status, Map<String, String> headers, String body) {
  static ControlResponse parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] head = text.substring(0, end).split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (int line = 1; line < head.length; line++) {
      int colon = head[line].indexOf(':');
      headers.put(
          head[line].substring(0, colon).toLowerCase(Locale.ROOT),
          head[line].substring(colon + 1).strip());
    }
    return new ControlResponse(
        Integer.parseInt(head[0].split(" ", 3)[1]), headers, text.substring(end + 4));
  }

  /** A header's value, or an empty string. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The exit status of a verb that has ended. */
  public int exit() {
    return Integer.parseInt(header(Routes.EXIT));
  }

  /** Whether the verb has ended with this exit code. */
  public boolean ended(ExitCode code) {
    return status == 200 && exit() == code.status();
  }

  /** The lines for standard error. */
  public String message() {
    return URLDecoder.decode(header(Routes.MESSAGE), StandardCharsets.UTF_8);
  }

  /**
   * The question, such as {@code passphrase off: Passphrase of the jvault vault: }; empty if there
   * is none.
   */
  public String question() {
    return status == 202 ? header(Routes.QUESTION) + " " + header(Routes.ECHO) + ": " + body : "";
  }

  /** Shows exit status, standard error and output, for the message of a failed assertion. */
  @Override
  public String toString() {
    return status + " exit=" + header(Routes.EXIT) + " [" + message() + "] " + body;
  }
}
