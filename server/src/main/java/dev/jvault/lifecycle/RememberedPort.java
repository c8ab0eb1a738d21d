package dev.jvault.lifecycle;

import dev.jvault.files.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The endpoint's TCP port: 9170, or the one that the user chose last. It is kept over restarts, so
 * that the URIs that applications already have stay valid.
 */
public final class RememberedPort {
  private static final int STANDARD = 9170;

  private final Path file;

  /** The port that is kept in this folder. */
  public RememberedPort(Path state) {
    this.file = state.resolve("port");
  }

  /** The port to listen on. */
  public int preferred() {
    return remembered().orElse(STANDARD);
  }

  /** Keeps a port that the user chose. */
  public void remember(int port) {
    OwnerFiles.write(file, Integer.toString(port));
  }

  private OptionalInt remembered() {
    try {
      int port = Integer.parseInt(Files.readString(file).strip());
      return port > 0 && port < 65_536 ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
