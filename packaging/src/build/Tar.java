import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes folders as a tar file (POSIX ustar) that depends on their contents only: entries in the
 * order of their names, all of one time, all of root. Modes and symbolic links are kept.
 */
final class Tar {
  private static final int BLOCK = 512;

  private final Map<String, Path> entries = new TreeMap<>();
  private final Instant time;

  Tar(Instant time) {
    this.time = time;
  }

  /** Adds what is in a folder, but not the folder itself. */
  void add(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.skip(1)::iterator) {
        String name = folder.relativize(path).toString();
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        entries.put(directory ? name + "/" : name, path);
      }
    }
  }

  void write(OutputStream out) throws IOException {
    for (var entry : entries.entrySet()) {
      Path path = entry.getValue();
      boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
      long size = file ? Files.size(path) : 0;
      out.write(header(entry.getKey(), path, size));
      if (file) {
        Files.copy(path, out);
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
      }
    }
    out.write(new byte[2 * BLOCK]);
  }

  private byte[] header(String name, Path path, long size) throws IOException {
    byte[] header = new byte[BLOCK];
    int slash = name.length() <= 100 ? -1 : name.indexOf('/', name.length() - 101);
    put(header, 0, 100, name.substring(slash + 1));
    number(header, 124, 12, size);
    number(header, 136, 12, time.getEpochSecond());
    number(header, 108, 8, 0);
    number(header, 116, 8, 0);
    if (Files.isSymbolicLink(path)) {
      header[156] = '2';
      put(header, 157, 100, Files.readSymbolicLink(path).toString());
      number(header, 100, 8, 0777);
    } else {
      header[156] = (byte) (name.endsWith("/") ? '5' : '0');
      number(header, 100, 8, mode(path));
    }
    put(header, 257, 8, "ustar\00000");
    put(header, 265, 32, "root");
    put(header, 297, 32, "root");
    put(header, 345, 155, slash < 0 ? "" : name.substring(0, slash));
    // The checksum is computed as if its own field were blank.
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    number(header, 148, 7, sum);
    return header;
  }

  private static int mode(Path path) throws IOException {
    int mode = 0;
    for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
      // The constants are in the order of the bits, the owner's right to read first.
      mode |= 0400 >> permission.ordinal();
    }
    return mode;
  }

  private static void put(byte[] header, int from, int length, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > length) {
      throw new IOException("too long for a tar file: " + text);
    }
    System.arraycopy(bytes, 0, header, from, bytes.length);
  }

  private static void number(byte[] header, int from, int length, long value) throws IOException {
    String digits = Long.toOctalString(value);
    put(header, from, length, "0".repeat(length - 1 - digits.length()) + digits);
  }
}
