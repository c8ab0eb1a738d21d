package dev.jvault.prompt;

import java.util.List;

/** AppleScript's dialog on macOS. Passes the text as an argument, never inside the script. */
final class OsascriptDriver extends DialogDriver {
  OsascriptDriver() {
    super("osascript");
  }

  @Override
  List<String> arguments(String text) {
    return List.of(
        "-e",
        "on run argv",
        "-e",
        "set given to display dialog (item 1 of argv) default answer \"\" with title \""
            + DialogProcess.TITLE
            + "\" buttons {\"Cancel\", \"OK\"} default button \"OK\" cancel button \"Cancel\""
            + " with hidden answer",
        "-e",
        "return text returned of given",
        "-e",
        "end run",
        text);
  }
}
