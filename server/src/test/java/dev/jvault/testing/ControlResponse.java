package dev.jvault.testing;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response of the control socket.
 *
 * @param headers the headers by lower-case names
 * @param body what goes to standard output
 * @param message the lines for standard error
 */
public record ControlResponse(
    int status, Map<String, String> headers, String body, String message) {
  /** The response with this whole body, of which {@link Routes#MESSAGE_BYTES} are the message. */
  public static ControlResponse of(int status, Map<String, String> headers, byte[] body) {
    String bytes = headers.getOrDefault(Routes.MESSAGE_BYTES.toLowerCase(Locale.ROOT), "0");
    int message = Integer.parseInt(bytes);
    int end = body.length - message;
    return new ControlResponse(
        status,
        headers,
        new String(body, 0, end, StandardCharsets.UTF_8),
        new String(body, end, message, StandardCharsets.UTF_8));
  }

  static ControlResponse parse(byte[] bytes) {
    // One character a byte, so that positions are those of the bytes.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] head = text.substring(0, end).split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (int line = 1; line < head.length; line++) {
      int colon = head[line].indexOf(':');
      headers.put(
          head[line].substring(0, colon).toLowerCase(Locale.ROOT),
          head[line].substring(colon + 1).strip());
    }
    return of(
        Integer.parseInt(head[0].split(" ", 3)[1]),
        headers,
        Arrays.copyOfRange(bytes, end + 4, bytes.length));
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
