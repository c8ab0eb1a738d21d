package dev.jvault.control;

import dev.jvault.protocol.ExitCode;

/**
 * What a verb answers: the bytes that the client writes.
 *
 * @param exit the client's exit status
 * @param out for standard output, as it is
 * @param message for standard error; empty where there is nothing to say
 */
record Reply(ExitCode exit, String out, String message) {
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

  /** The same with one more line for the person before the rest. */
  Reply saying(String first) {
    return new Reply(exit, out, message.isEmpty() ? first : first + "\n" + message);
  }

  @Override
  public String toString() {
    return "Reply[" + exit + "]";
  }
}
