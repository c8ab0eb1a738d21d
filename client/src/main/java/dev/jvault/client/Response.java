package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The daemon's response to one control request. */
final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * A response.
   *
   * @param headers by name in lower case
   * @param body not copied; the caller must not change it
   */
  Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** What goes to standard output unchanged; the sentence of a refusal, the text of a question. */
  byte[] body() {
    return Arrays.copyOf(body, body.length - messageBytes());
  }

  /** The same as text. */
  String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }

  /** A header's value, or an empty string. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The lines for standard error, or an empty string. */
  String message() {
    int bytes = messageBytes();
    return new String(body, body.length - bytes, bytes, StandardCharsets.UTF_8).strip();
  }

  /** The exit status that the client is to end with. */
  int exit() {
    String exit = header(Routes.EXIT);
    try {
      return exit.isEmpty() ? ExitCode.OK.status() : Integer.parseInt(exit);
    } catch (NumberFormatException _) {
      return ExitCode.DAEMON.status();
    }
  }

  /** The code of a refusal or failure; {@link ErrorCode#NONE} if it has none. */
  ErrorCode errorCode() {
    return ErrorCode.of(header(Routes.ERROR));
  }

  private int messageBytes() {
    String bytes = header(Routes.MESSAGE_BYTES);
    try {
      return bytes.isEmpty() ? 0 : Math.clamp(Integer.parseInt(bytes), 0, body.length);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** Whether daemon and client speak the same protocol. */
  boolean speaksOurProtocol() {
    return status != 426
        && header(Routes.PROTOCOL).equals(Integer.toString(ProtocolVersion.CURRENT));
  }
}
