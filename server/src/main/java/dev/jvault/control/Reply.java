package dev.jvault.control;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;

/**
 * What a verb replies: the bytes that the client writes.
 *
 * @param exit the client's exit status
 * @param out for standard output, unchanged
 * @param message for standard error; empty if there is nothing to say
 * @param errorCode why the verb failed, if a program acts on that
 */
record Reply(ExitCode exit, String out, String message, ErrorCode errorCode) {
  /** A reply without a code. */
  Reply(ExitCode exit, String out, String message) {
    this(exit, out, message, ErrorCode.NONE);
  }

  /** A success with text for standard output. */
  static Reply ofOutput(String out) {
    return new Reply(ExitCode.OK, out, "");
  }

  /** A success with a message for the user. */
  static Reply ofMessage(String message) {
    return new Reply(ExitCode.OK, "", message);
  }

  /** A failure and its reason. */
  static Reply failed(ExitCode exit, String sentence) {
    return new Reply(exit, "", sentence);
  }

  /** A failure and its reason, for the user and for the client. */
  static Reply failed(ExitCode exit, ErrorCode errorCode, String sentence) {
    return new Reply(exit, "", sentence, errorCode);
  }

  /** The same reply with one more line before its message. */
  Reply withMessage(String first) {
    return new Reply(exit, out, message.isEmpty() ? first : first + "\n" + message, errorCode);
  }

  @Override
  public String toString() {
    return "Reply[" + exit + "]";
  }
}
