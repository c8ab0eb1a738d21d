package dev.jvault.prompt;

import java.util.List;

/** KDE's kdialog. */
final class KdialogDriver extends DialogDriver {
  KdialogDriver() {
    super("kdialog");
  }

  @Override
  List<String> arguments(String text) {
    return List.of("--title", DialogProcess.TITLE, "--password", text);
  }
}
