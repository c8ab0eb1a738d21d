package dev.jvault.prompt;

/**
 * The command on whose behalf the user is asked, so that the user can find its window.
 *
 * @param line its words without options, such as {@code jvault exec dev}
 * @param profile the profile that it is about; empty if there is none, or several
 * @param pid its process id; 0 if it is unknown
 * @param terminal the name of its terminal, such as {@code pts/3}; empty if it has none
 */
public record AskingCommand(String line, String profile, long pid, String terminal) {
  /** The command and where it runs, for a sentence. */
  @Override
  public String toString() {
    String process = pid > 0 ? "process " + pid : "";
    String place = terminal.isEmpty() ? process : process + (pid > 0 ? " on " : "") + terminal;
    return "`" + line + "`" + (place.isEmpty() ? "" : " (" + place + ")");
  }
}
