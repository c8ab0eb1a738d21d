package dev.jvault.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines that only its owner can access. Lines are appended; when the file exceeds a
 * mebibyte, it becomes {@code NAME.1}, an older {@code NAME.1} becomes {@code NAME.2}, and the
 * oldest is deleted. Safe for many threads if each line is one write.
 */
public final class RotatingFile extends OutputStream {
  private static final long LARGEST = 1024 * 1024;

  private final Path path;
  private final int kept;
  private OutputStream out;
  private long size;

  /**
   * Opens the file and creates its folder.
   *
   * @param kept the number of old files to keep
   */
  public RotatingFile(Path path, int kept) throws IOException {
    this.path = path;
    this.kept = kept;
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

  /** The existing files of a path, the oldest first, the current one last. */
  public static List<Path> all(Path path, int kept) {
    List<Path> all = new ArrayList<>();
    for (int age = kept; age >= 0; age--) {
      all.add(aged(path, age));
    }
    return all.stream().filter(Files::isRegularFile).toList();
  }

  private static Path aged(Path path, int age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  private void rotate() throws IOException {
    out.close();
    for (int age = kept; age > 0; age--) {
      Path younger = aged(path, age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, aged(path, age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
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
