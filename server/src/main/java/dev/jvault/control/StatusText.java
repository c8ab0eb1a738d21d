package dev.jvault.control;

/** The text of {@code status}: a heading, lines with a name each, and a table. */
final class StatusText {
  private final StringBuilder text = new StringBuilder();

  void heading(String heading) {
    text.append(heading).append('\n');
  }

  void line(String name, String value) {
    text.append("  %-11s%s\n".formatted(name, value));
  }

  /** The whole text, with its end. */
  String with(String end) {
    return text + end;
  }
}
