package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Map;

/** GNOME's zenity. */
final class ZenityDriver implements Driver {
  @Override
  public String name() {
    return "zenity";
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
            "--entry",
            "--hide-text",
            "--title=" + Window.TITLE,
            "--text=" + shown(question.text().strip())),
        question,
        person,
        helper);
  }

  /** It takes backslashes for escapes (g_strcompress) and an underscore for a shortcut's mark. */
  private static String shown(String text) {
    return text.replace("\\", "\\\\").replace("_", "__");
  }
}
