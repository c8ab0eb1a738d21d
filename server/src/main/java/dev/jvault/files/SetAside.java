package dev.jvault.files;

import dev.jvault.protocol.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a file of jvault's own aside that cannot be used, so that a new one does not replace it. */
public final class SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final int MOST = 100;

  private SetAside() {}

  /**
   * Renames a file to {@code NAME.bad}, or {@code NAME.bad-1} and so on if that exists.
   *
   * @param reason for the log
   * @return the new path; empty if the file cannot be renamed
   */
  public static Optional<Path> move(Path file, String reason) {
    Path aside = file.resolveSibling(file.getFileName() + ".bad");
    for (int number = 1;
        number < MOST && Files.exists(aside, LinkOption.NOFOLLOW_LINKS);
        number++) {
      aside = file.resolveSibling(file.getFileName() + ".bad-" + number);
    }
    LOG.warn("event=state_unreadable file={} kept={} reason=\"{}\"", file, aside, reason);
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(aside);
    } catch (IOException e) {
      LOG.warn("event=state_not_set_aside file={} reason=\"{}\"", aside, FileFault.reason(e));
      return Optional.empty();
    }
  }
}
