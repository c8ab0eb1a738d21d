package dev.jvault.prompt;

import java.util.List;

/** GNOME's zenity. */
final class ZenityDriver extends DialogDriver {
  ZenityDriver() {
    super("zenity");
  }

  @Override
  List<String> arguments(String text) {
    return List.of(
        "--entry", "--hide-text", "--title=" + DialogProcess.TITLE, "--text=" + shown(text));
  }

  /** Escapes backslashes (g_strcompress) and underscores, which mark keyboard shortcuts. */
  private static String shown(String text) {
    return text.replace("\\", "\\\\").replace("_", "__");
  }
}
