package dev.jvault.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who owns folders, and whom their owner and group stand for.
 *
 * @param uid the user of this process
 * @param etc the folder with {@code passwd} and {@code group}
 * @param unmapped the user id by which the kernel shows owners outside of this process's user
 *     namespace, such as the root of the host; -1 if all users are inside
 */
record FolderOwners(long uid, Path etc, long unmapped) {
  /**
   * What the file system says of a file.
   *
   * @param mode its type, permissions and sticky bit, as in stat(2)
   * @param group the name of its group
   * @param owner the name of its owner
   */
  record Entry(long uid, long gid, int mode, String owner, String group, boolean link) {}

  /** The owners as this process sees them. */
  static FolderOwners ofThisSystem(long uid) {
    return new FolderOwners(uid, Path.of("/etc"), unmappedOwner());
  }

  /** Reads a file's entry; a link is not followed. */
  Entry entry(Path file) throws IOException {
    Map<String, Object> unix =
        Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    var posix = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Entry(
        number(unix, "uid"),
        number(unix, "gid"),
        (int) number(unix, "mode"),
        posix.owner().getName(),
        posix.group().getName(),
        posix.isSymbolicLink());
  }

  /** Whether this user has to trust an owner: itself, root, and who manages the container. */
  boolean trusted(long owner) {
    return owner == uid || owner == 0 || owner == unmapped;
  }

  /** Whether an entry belongs to the user of this process. */
  boolean own(Entry entry) {
    return entry.uid() == uid;
  }

  /**
   * Whether the group of an entry has no member but the owner: many systems give each user such a
   * group, with the user's name, and let it write.
   */
  boolean alone(Entry entry) {
    return entry.group().equals(entry.owner())
        && fields("group", 2, entry.gid()).stream()
            .flatMap(line -> line.length > 3 ? Stream.of(line[3].split(",", -1)) : Stream.empty())
            .allMatch(member -> member.isBlank() || member.equals(entry.owner()))
        && fields("passwd", 3, entry.gid()).stream()
            .allMatch(line -> line[0].equals(entry.owner()));
  }

  /** The lines of a file in /etc that have a number in one of their fields. */
  private List<String[]> fields(String file, int index, long number) {
    try {
      return Files.readAllLines(etc.resolve(file)).stream()
          .map(line -> line.split(":", -1))
          .filter(line -> line.length > index && line[index].equals(Long.toString(number)))
          .toList();
    } catch (IOException _) {
      // A system without such a file has no groups to tell.
      return List.of();
    }
  }

  private static long unmappedOwner() {
    try {
      String[] map = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1);
      boolean all = map.length == 3 && map[2].equals("4294967295");
      return all ? -1 : overflowUid(Path.of("/proc/sys/kernel/overflowuid"));
    } catch (IOException | NumberFormatException _) {
      return -1;
    }
  }

  /**
   * In one read: a file of this kind ends after the first, which Files.readString makes too small.
   */
  static long overflowUid(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Long.parseLong(new String(in.readNBytes(32), StandardCharsets.US_ASCII).strip());
    }
  }

  private static long number(Map<String, Object> attributes, String name) {
    return Integer.toUnsignedLong(((Number) attributes.getOrDefault(name, -1)).intValue());
  }
}
