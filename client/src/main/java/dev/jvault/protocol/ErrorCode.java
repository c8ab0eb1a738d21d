package dev.jvault.protocol;

import java.util.Locale;

/**
 * Names a refusal that a program acts on. The sentence beside it is for the user alone and may be
 * reworded at any time.
 *
 * <p>On the wire a code is its name in lower case with hyphens: in the header {@link Routes#ERROR}
 * of a response, and in the line by which a starting daemon reports its failure.
 */
public enum ErrorCode {
  /** No code: the exit status says all that a program needs to know. */
  NONE,
  /** Another daemon holds the lock of this user's daemon. */
  ALREADY_RUNNING,
  /** The request speaks another protocol than the daemon. */
  PROTOCOL_MISMATCH,
  /**
   * The request accepts one program version only ({@link Routes#REQUIRED_PROGRAM}), not this one.
   */
  PROGRAM_MISMATCH,
  /** The daemon has no verb of that name. */
  UNKNOWN_VERB,
  /** The conversation has ended: its question was answered, given up or timed out. */
  CONVERSATION_ENDED,
  /** The question that the client shows needs no answer any more, or another client asks it. */
  QUESTION_WITHDRAWN,
  /** The daemon is already handing its ports to another one. */
  HANDOVER_IN_PROGRESS,
  /** The daemon keeps its place because it serves credentials. */
  DAEMON_IN_USE,
  /** The daemon is shutting down. */
  STOPPING;

  /** The code on the wire, such as {@code already-running}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code that a text stands for; {@link #NONE} if the text is empty or unknown. */
  public static ErrorCode of(String text) {
    for (ErrorCode code : values()) {
      if (code.text().equals(text)) {
        return code;
      }
    }
    return NONE;
  }
}
