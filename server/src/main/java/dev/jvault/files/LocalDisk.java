package dev.jvault.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * Tells paths that the machine's own disks hold: the system answers questions about them at once,
 * so that they need no thread of {@link ForeignFiles}.
 */
public final class LocalDisk {
  /** The types as the JDK names them; all others count as network drives. */
  private static final Set<String> TYPES =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "bcachefs",
          "tmpfs",
          "ramfs",
          "overlay",
          "apfs",
          "hfs",
          "ufs");

  private LocalDisk() {}

  /**
   * Whether a path, which need not exist, is on such a disk and leads through no symbolic link.
   * Blocks as long as the system does, so call it from {@link ForeignFiles} only.
   */
  public static boolean holds(Path path) throws IOException {
    Path place = path.toAbsolutePath();
    while (place.getParent() != null && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      place = place.getParent();
    }
    return !Files.isSymbolicLink(place) && place.toRealPath().equals(place) && isLocal(place);
  }

  private static boolean isLocal(Path place) {
    try {
      return TYPES.contains(Files.getFileStore(place).type());
    } catch (IOException e) {
      // In a chroot, the system's list of file systems need not have the one of the root.
      return false;
    }
  }
}
