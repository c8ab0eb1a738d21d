package dev.jvault.files;

import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RotatingFile} that recovers: a write opens the file if it is not open yet, has been
 * removed or replaced, or could not be written before. Safe for many threads if each line is one
 * write.
 */
public final class LineFile extends OutputStream {
  private final Path path;
  private final int kept;
  private @Nullable RotatingFile out;
  private @Nullable FileIdentity file;

  /**
   * A file, which the first write opens or creates.
   *
   * @param kept the number of old files to keep
   */
  public LineFile(Path path, int kept) {
    this.path = path;
    this.kept = kept;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    boolean written = false;
    try {
      opened().write(bytes, offset, length);
      written = true;
    } catch (JvaultException e) {
      throw new IOException(e.sentence(), e);
    } finally {
      if (!written) {
        abandon();
      }
    }
  }

  @Override
  public synchronized void close() {
    abandon();
  }

  private RotatingFile opened() throws IOException {
    RotatingFile known = out;
    if (known != null && file != null && file.isStillThere()) {
      return known;
    }
    abandon();
    var fresh = new RotatingFile(path, kept);
    out = fresh;
    file = FileIdentity.of(path);
    if (torn()) {
      fresh.write('\n');
    }
    return fresh;
  }

  /** Whether the last line is incomplete, as after a crash or on a full disk. */
  private boolean torn() throws IOException {
    if (!Files.isReadable(path)) {
      return false;
    }
    try (var content = new RandomAccessFile(path.toFile(), "r")) {
      if (content.length() == 0) {
        return false;
      }
      content.seek(content.length() - 1);
      return content.read() != '\n';
    }
  }

  private void abandon() {
    RotatingFile known = out;
    out = null;
    if (known != null) {
      try {
        known.close();
      } catch (IOException _) {
        // The descriptor is gone either way.
      }
    }
  }
}
