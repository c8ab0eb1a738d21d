package dev.jvault.lifecycle;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.jvault.files.OwnerFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log: appended to, and set aside as {@code NAME.1} when it has grown to a mebibyte. */
public final class LogFile extends OutputStream {
  private static final long LARGEST = 1024 * 1024;

  private final Path path;
  private OutputStream out;
  private long size;

  /** Opens it; its folder is made. */
  public LogFile(Path path) throws IOException {
    this.path = path;
    Path folder = path.getParent();
    if (folder != null) {
      OwnerFiles.folder(folder);
    }
    this.out = open();
  }

  @Override
  public synchronized void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    size += length;
    boolean endOfLine = length > 0 && bytes[offset + length - 1] == '\n';
    if (size > LARGEST && endOfLine) {
      rotate();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(
        path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    out = open();
  }

  private OutputStream open() throws IOException {
    if (!Files.exists(path)) {
      OwnerFiles.write(path, "");
    }
    size = Files.size(path);
    return Files.newOutputStream(path, CREATE, APPEND);
  }
}
