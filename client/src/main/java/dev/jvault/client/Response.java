package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The daemon's answer to one control request. */
final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * An answer.
   *
   * @param headers by their names in small letters
   * @param body owned by this object from now on
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

  /** What is to be written as it is. */
  byte[] body() {
    return body;
  }

  /** The body as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A header's value, or an empty string. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The lines for standard error, or an empty string. */
  String message() {
    return URLDecoder.decode(header(Routes.MESSAGE), StandardCharsets.UTF_8).strip();
  }

  /** The exit status that the daemon wants the client to have. */
  int exit() {
    String exit = header(Routes.EXIT);
    try {
      return exit.isEmpty() ? ExitCode.OK.status() : Integer.parseInt(exit);
    } catch (NumberFormatException _) {
      return ExitCode.DAEMON.status();
    }
  }

  /** The code of a refusal, {@link ErrorCode#NONE} if there is none. */
  ErrorCode errorCode() {
    return ErrorCode.of(header(Routes.ERROR));
  }

  /** Whether the daemon understood the request and this client understands the answer. */
  boolean speaksOurProtocol() {
    return status != 426
        && header(Routes.PROTOCOL).equals(Integer.toString(ProtocolVersion.CURRENT));
  }
}
