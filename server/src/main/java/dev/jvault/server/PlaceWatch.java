package dev.jvault.server;

import dev.jvault.launch.ConfigCopies;
import dev.jvault.lifecycle.DaemonPlace;
import dev.jvault.lifecycle.FolderWatch;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Makes what is deleted of the daemon's place again at once, with the copies of config files, which
 * lie beside the control socket. Stops a daemon that has lost its place.
 */
final class PlaceWatch {
  private final DaemonPlace place;
  private final ConfigCopies configCopies;
  private final Runnable stop;

  private PlaceWatch(DaemonPlace place, ConfigCopies configCopies, Runnable stop) {
    this.place = place;
    this.configCopies = configCopies;
    this.stop = stop;
  }

  /**
   * Starts to watch.
   *
   * @param vault the folder of the vault
   * @param control tells its folders
   * @param stop begins the ordered end
   */
  static AutoCloseable start(
      DaemonPlace place,
      Path vault,
      ControlListener control,
      ConfigCopies configCopies,
      Runnable stop) {
    var watch = new PlaceWatch(place, configCopies, stop);
    return FolderWatch.deletions(
        () -> Stream.concat(Stream.of(vault), control.folders()).toList(), watch::check);
  }

  private boolean check() {
    DaemonPlace.Finding found = place.check();
    if (found == DaemonPlace.Finding.LOST) {
      stop.run();
    } else {
      configCopies.restoreIfGone();
    }
    return found == DaemonPlace.Finding.MADE_AGAIN;
  }
}
