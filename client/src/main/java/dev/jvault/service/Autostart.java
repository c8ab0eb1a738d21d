package dev.jvault.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An entry of the desktop's autostart folder, which every desktop of freedesktop.org reads. */
final class Autostart implements Way {
  private final ServiceUser user;
  private final DaemonControl daemon;

  Autostart(ServiceUser user, DaemonControl daemon) {
    this.user = user;
    this.daemon = daemon;
  }

  @Override
  public String title() {
    return "the desktop (XDG autostart)";
  }

  @Override
  public boolean installed() {
    return Files.exists(place());
  }

  @Override
  public Plan install(boolean atLogin) {
    return new Plan(wanted().changes());
  }

  @Override
  public Plan uninstall() {
    if (OwnText.of(place()) != OwnText.State.OURS) {
      return new Plan(List.of());
    }
    return new Plan(
        List.of(new Change.Delete(place()), new Change.DeleteEmpty(place().resolveSibling(""))));
  }

  @Override
  public List<String> remarks() {
    return wanted().remark().stream().toList();
  }

  @Override
  public List<StatusRow> status() {
    var rows = new ArrayList<StatusRow>();
    rows.add(new StatusRow("files", place() + (wanted().isEdited() ? " (edited by you)" : "")));
    rows.add(new StatusRow("daemon", DaemonRow.of(daemon)));
    return rows;
  }

  private Path place() {
    return user.settings().resolve("autostart/jvault.desktop");
  }

  private WantedFile wanted() {
    return WantedFile.of(
        place(),
        """
        [Desktop Entry]
        Type=Application
        Name=jvault
        Comment=AWS credentials for the programs of this user
        Exec=%s server --background
        Terminal=false
        NoDisplay=true
        """
            .formatted(user.commandLine(Autostart::word)));
  }

  /** A word of the key Exec: in quotes, whose backslashes the desktop file escapes once more. */
  private static String word(String text) {
    String quoted =
        text.replaceAll("([\"`$\\\\])", "\\\\$1")
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\t", "\\t");
    return '"' + quoted.replace("%", "%%") + '"';
  }
}
