package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Refuses to keep files where another user can take them away or put others in their place: a
 * folder on the way from the root can be changed by its owner, and by everybody whom its mode lets
 * write to it. Folders of root and of this user are trusted, and so is what these own in a folder
 * with the sticky bit, such as {@code /tmp}. Symbolic links are followed as the kernel does.
 */
public final class TrustedPath {
  private static final int STICKY = 01000;
  private static final int MOST_LINKS = 40;

  private final FolderOwners owners;
  private final Deque<Path> names = new ArrayDeque<>();
  private Path here;
  private int links;

  private TrustedPath(Path path, FolderOwners owners) {
    this.owners = owners;
    this.here = path.getRoot();
    push(path);
  }

  /**
   * Refuses files in a place that other users can change. Folders that do not exist yet are none of
   * its concern, because they will be made for this user only.
   *
   * @param uid the user of this process
   * @throws JvaultException with {@link ExitCode#VAULT}
   */
  public static void check(RuntimeFiles files, long uid) {
    Stream.of(files.vault(), files.state(), files.run())
        .map(Path::toAbsolutePath)
        .distinct()
        .forEach(folder -> check(folder, FolderOwners.ofThisSystem(uid)));
  }

  static void check(Path folder, FolderOwners owners) {
    try {
      new TrustedPath(folder, owners).walk();
    } catch (NoSuchFileException _) {
      // The rest does not exist yet.
    } catch (IOException | UnsupportedOperationException _) {
      // What cannot be looked at cannot be used either, and the error then has the reason.
    }
  }

  /** The last name is the folder itself, whose mode others check. */
  private void walk() throws IOException {
    FolderOwners.Entry parent = owners.entry(here);
    while (!names.isEmpty()) {
      requireUnchangeable(here, parent);
      Path next = here.resolve(names.pop()).normalize();
      FolderOwners.Entry entry = owners.entry(next);
      if (changeable(parent) && !owners.trusted(entry.uid())) {
        throw refused(next, "belongs to another user, who can replace it");
      }
      if (entry.link()) {
        follow(next);
        parent = owners.entry(here);
      } else {
        here = next;
        parent = entry;
      }
    }
  }

  private void follow(Path link) throws IOException {
    if (++links > MOST_LINKS) {
      throw new IOException("too many links");
    }
    Path target = Files.readSymbolicLink(link);
    if (target.isAbsolute()) {
      here = target.getRoot();
    }
    push(target);
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      names.push(path.getName(i));
    }
  }

  private boolean changeable(FolderOwners.Entry folder) {
    return (folder.mode() & 0002) != 0 || ((folder.mode() & 0020) != 0 && !owners.alone(folder));
  }

  private void requireUnchangeable(Path folder, FolderOwners.Entry entry) {
    if (!owners.trusted(entry.uid())) {
      throw refused(folder, "belongs to another user, who can replace what is in it");
    }
    if (changeable(entry) && (entry.mode() & STICKY) == 0) {
      String mend = owners.own(entry) ? "chmod go-w" : "sudo chmod go-w";
      throw new JvaultException(
          ExitCode.VAULT,
          "Other users can replace jvault's files, because they can write to the folder %s; run `%s '%s'`, or set JVAULT_HOME to a folder of your own elsewhere."
              .formatted(folder, mend, folder));
    }
  }

  private static JvaultException refused(Path folder, String why) {
    return new JvaultException(
        ExitCode.VAULT,
        "jvault's files cannot be kept safe there, because %s %s; set JVAULT_HOME to a folder of your own elsewhere."
            .formatted(folder, why));
  }
}
