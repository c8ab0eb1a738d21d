package dev.jvault.control;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;

/**
 * What a verb answers: the bytes that the client writes.
 *
 * @param exit the client's exit status
 * @param out for standard output, as it is
 * @param message for standard error; empty where there is nothing to say
 * @param errorCode why the verb failed, if a program acts on that
 */
record Reply(ExitCode exit, String out, String message, ErrorCode errorCode) {
  /** A reply without a code. */
  Reply(ExitCode exit, String out, String message) {
    this(exit, out, message, ErrorCode.NONE);
  }

  /** Done, with something for standard output. */
  static Reply out(String out) {
    return new Reply(ExitCode.OK, out, "");
  }

  /** Done, with something to tell the person. */
  static Reply said(String message) {
    return new Reply(ExitCode.OK, "", message);
  }

  /** Not done, and why. */
  static Reply failed(ExitCode exit, String sentence) {
    return new Reply(exit, "", sentence);
  }

  /** Not done, and why, for the user and for the client. */
  static Reply failed(ExitCode exit, ErrorCode errorCode, String sentence) {
    return new Reply(exit, "", sentence, errorCode);
  }

  /** The same with one more line for the person before the rest. */
  Reply saying(String first) {
    return new Reply(exit, out, message.isEmpty() ? first : first + "\n" + message, errorCode);
  }

  @Override
  public String toString() {
    return "Reply[" + exit + "]";
  }
}
