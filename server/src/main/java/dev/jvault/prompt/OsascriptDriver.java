package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Map;

/** AppleScript's dialog on macOS. The text is an argument of the script and never part of it. */
final class OsascriptDriver implements Driver {
  @Override
  public String name() {
    return "osascript";
  }

  @Override
  public Kind kind() {
    return Kind.DIALOG;
  }

  @Override
  public Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    return Window.answer(
        name(),
        List.of(
            "-e",
            "on run argv",
            "-e",
            "set given to display dialog (item 1 of argv) default answer \"\" with title \""
                + Window.TITLE
                + "\" buttons {\"Cancel\", \"OK\"} default button \"OK\" cancel button \"Cancel\""
                + " with hidden answer",
            "-e",
            "return text returned of given",
            "-e",
            "end run",
            question.text().strip()),
        question,
        person,
        helper);
  }
}
