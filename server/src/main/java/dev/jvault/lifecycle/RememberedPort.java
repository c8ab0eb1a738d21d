package dev.jvault.lifecycle;

import dev.jvault.files.OwnerFiles;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint's TCP port: 9170, or the one that the user chose last. It is kept over restarts, so
 * that the URIs that applications already have stay valid: in a file, and in a copy from which a
 * damaged file is written again.
 */
public final class RememberedPort {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedPort.class);
  private static final int STANDARD = 9170;

  private final Path file;
  private final Path copy;
  private final int preferred;
  private final Optional<String> trouble;

  /** The port that is kept in this folder; writes a damaged file again. */
  public RememberedPort(Path state) {
    this.file = state.resolve("port");
    this.copy = state.resolve("port.bak");
    Content main = Content.of(file);
    Content spare = Content.of(copy);
    this.preferred = main.port().or(spare::port).orElse(STANDARD);
    this.trouble =
        main.port().isPresent() || (main.missing() && spare.port().isEmpty())
            ? Optional.empty()
            : Optional.of(trouble(main.fault(), spare.port().isPresent()));
    if (trouble.isPresent() || (main.port().isPresent() && !main.port().equals(spare.port()))) {
      mend();
    }
  }

  /** The port to listen on. */
  public int preferred() {
    return preferred;
  }

  /** A sentence for the user if the file was damaged; the port may be the wrong one then. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Keeps a port that the user chose. */
  public void remember(int port) {
    OwnerFiles.writeDurably(file, Integer.toString(port));
    OwnerFiles.writeDurably(copy, Integer.toString(port));
  }

  private String trouble(String fault, boolean known) {
    return known
        ? "%s %s, so jvault has written it again: port %d, from its copy."
            .formatted(file, fault, preferred)
        : ("%s %s, so jvault takes port %d; if your programs know another port, run `jvault stop`,"
                + " then `jvault server --port N`.")
            .formatted(file, fault, preferred);
  }

  private void mend() {
    trouble.ifPresent(sentence -> LOG.warn("event=port_file_damaged reason=\"{}\"", sentence));
    try {
      remember(preferred);
    } catch (JvaultException e) {
      LOG.warn("event=port_not_kept reason=\"{}\"", e.logged());
    }
  }

  /**
   * What a file holds.
   *
   * @param port a valid port
   * @param missing whether there is no such file
   * @param fault why there is no port; completes a sentence that begins with the file's name
   */
  private record Content(Optional<Integer> port, boolean missing, String fault) {
    static Content of(Path file) {
      try {
        int port = Integer.parseInt(Files.readString(file).strip());
        return port > 0 && port < 65_536
            ? new Content(Optional.of(port), false, "")
            : without(false, "holds no port");
      } catch (NoSuchFileException _) {
        return without(true, "is missing");
      } catch (NumberFormatException | CharacterCodingException _) {
        return without(false, "holds no port");
      } catch (IOException e) {
        return without(false, "cannot be read (" + FileFault.reason(e) + ")");
      }
    }

    private static Content without(boolean missing, String fault) {
      return new Content(Optional.empty(), missing, fault);
    }
  }
}
