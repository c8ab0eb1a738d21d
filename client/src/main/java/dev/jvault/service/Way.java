package dev.jvault.service;

import java.io.OutputStream;
import java.util.List;

/** A way to have the daemon started for the user. */
interface Way {
  /** What starts the daemon, as the subject of a sentence: {@code your login shell}. */
  String title();

  /** Whether something of this way is installed. */
  boolean installed();

  /**
   * The changes that install it, or bring an installation up to date.
   *
   * @param atLogin whether the daemon must run from login on, and not only from the first request
   */
  Plan install(boolean atLogin);

  /** The changes that undo {@link #install}; empty if nothing is installed. */
  Plan uninstall();

  /**
   * Sentences for the user about what stays as it is, such as edited files; each ends in a newline.
   */
  default List<String> remarks() {
    return List.of();
  }

  /** Rows for the table of the status, after the title. */
  List<StatusRow> status();

  /** Whether the system tried to run the daemon and failed. */
  default boolean failed() {
    return false;
  }

  /** The last line that a daemon of this way said, for a sentence; empty if it is unknown. */
  default String lastWords() {
    return "";
  }

  /**
   * Copies what the daemon said.
   *
   * @return the exit status, or a negative number if this way keeps nothing, so that the daemon's
   *     log has it
   */
  default int logs(boolean follow, OutputStream out) {
    return -1;
  }
}
