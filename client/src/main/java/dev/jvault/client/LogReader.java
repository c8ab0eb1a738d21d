package dev.jvault.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Copies a log as it grows, across rotation: when the daemon starts a new file, so does the copy.
 */
final class LogReader {
  private final Path log;
  private final WritableByteChannel out;
  private Object identity = "";
  private long position;

  LogReader(Path log, OutputStream out) {
    this.log = log;
    this.out = Channels.newChannel(out);
  }

  /** Copies what was added since the last call; false if there is no log. */
  boolean copy() throws IOException {
    try (FileChannel in = FileChannel.open(log)) {
      Object now = Files.getAttribute(log, "unix:ino");
      if (!now.equals(identity) || in.size() < position) {
        identity = now;
        position = 0;
      }
      in.position(position);
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (in.read(buffer.clear()) >= 0) {
        position += buffer.position();
        write(buffer.flip());
      }
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /**
   * Keeps copying until this process ends or the output is closed. The log's folder must exist, the
   * log need not.
   */
  int follow() throws IOException {
    try (var watch = FolderWatch.of(log.resolveSibling("."))) {
      while (true) {
        boolean _ = copy();
        watch.awaitChange();
      }
    }
  }

  private void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
