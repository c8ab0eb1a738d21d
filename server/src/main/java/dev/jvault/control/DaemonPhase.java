package dev.jvault.control;

import java.util.Locale;

/**
 * What the daemon does at the moment, as a person sees it.
 *
 * @param kind one of a few words
 * @param detail what it waits for and how to answer, or whom it serves; may be empty
 */
public record DaemonPhase(Kind kind, String detail) {
  /** The kinds of phase. */
  public enum Kind {
    /** It answers, and still makes the served profiles ready. */
    STARTING("starting"),
    /** It answers. */
    READY("ready"),
    /** It answers, but a profile or a program needs the user. */
    WAITING("waiting for you"),
    /** It hands over to the next daemon, or ends. */
    DRAINING("draining");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** The phase in one line. */
  public String text() {
    return detail.isEmpty() ? kind.words : kind.words + ": " + detail;
  }

  /** The kind, for programs. */
  String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
