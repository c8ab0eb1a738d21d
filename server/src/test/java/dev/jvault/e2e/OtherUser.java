package dev.jvault.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A user who does not exist on the machine; only root can act as one, with {@code setpriv}. */
record OtherUser(Jvault jvault, int uid) {
  /** Gives a folder with all its files to this user. */
  void give(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", uid);
        Files.setAttribute(file, "unix:gid", uid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command of this user. */
  List<String> words(String... command) {
    return Stream.concat(
            Stream.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"),
            Stream.of(command))
        .toList();
  }

  CommandResult run(String... command) {
    return run(Map.of(), command);
  }

  /** Runs a command as this user and waits for its end. */
  CommandResult run(Map<String, String> more, String... command) {
    return jvault.finish(
        jvault.startCommand(more, words(command)), uid + ": " + String.join(" ", command));
  }
}
