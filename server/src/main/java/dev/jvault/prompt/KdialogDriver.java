package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Map;

/** KDE's kdialog. */
final class KdialogDriver implements Driver {
  @Override
  public String name() {
    return "kdialog";
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
        List.of("--title", Window.TITLE, "--password", question.text().strip()),
        question,
        person,
        helper);
  }
}
