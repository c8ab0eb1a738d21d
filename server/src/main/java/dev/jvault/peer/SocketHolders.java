package dev.jvault.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the processes that hold a peer's socket, by the links below {@code /proc/PID/fd}. It sees
 * what this user may look at: his own processes, but for those that let nobody look at them (those
 * that were started by root for him, as {@code sshd} is, or asked the kernel for it, as {@code
 * pasta} does). So a peer without a holder is one of those, or gone.
 *
 * <p>A look at one process costs some microseconds, and two to seven for each of its open files;
 * see {@link #first} and {@link #firstAnd}. Safe for many threads.
 */
public final class SocketHolders {
  private final File proc;
  private final boolean canTell;

  /**
   * Looks below this folder.
   *
   * @param proc {@code /proc}, or what stands for it
   */
  public SocketHolders(Path proc) {
    this.proc = proc.toFile();
    this.canTell = Files.isDirectory(proc.resolve("self/fd"));
  }

  /** Looks at the processes of this machine. */
  public static SocketHolders ofThisSystem() {
    return new SocketHolders(Path.of("/proc"));
  }

  /** Whether the system shows such links, so that an empty answer means something. */
  public boolean canTell() {
    return canTell;
  }

  /**
   * The youngest process that holds one of the peer's sockets, which is the one that uses it where
   * a parent has opened it for a child. A command that has just been started is found at once; one
   * that is older than all others takes a look at all files of all processes.
   */
  public Optional<PeerProcess> first(Peer peer) {
    return holders(peer, true, _ -> false).stream().findFirst();
  }

  /**
   * That process, and after it all other holders of a kind, the youngest first: a socket is
   * inherited, and whoever decides by the program wants to see each that matters. Behind the first
   * holder it looks at the program of every process, and at the files of those of the kind alone.
   */
  public List<PeerProcess> firstAnd(Peer peer, Predicate<PeerProcess> kind) {
    return holders(peer, false, kind);
  }

  private List<PeerProcess> holders(Peer peer, boolean one, Predicate<PeerProcess> kind) {
    if (!canTell) {
      return List.of();
    }
    Set<String> links =
        peer.inodes().stream()
            .map(inode -> "socket:[" + inode + "]")
            .collect(Collectors.toUnmodifiableSet());
    List<PeerProcess> found = new ArrayList<>();
    for (long pid : pids()) {
      if ((found.isEmpty() || mayBe(kind, pid)) && holds(pid, links)) {
        var holder = new PeerProcess(pid, executable(pid));
        if (found.isEmpty() || kind.test(holder)) {
          found.add(holder);
        }
      }
      if (one && !found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  /** Whether the process is of the kind, or shows its files but not its program. */
  private boolean mayBe(Predicate<PeerProcess> kind, long pid) {
    var program = new File(proc, pid + "/exe");
    // Asked first: most are the kernel's or other users', and their links cost an exception each.
    String path = program.exists() ? target(program.toPath()) : "";
    return path.isEmpty() || kind.test(new PeerProcess(pid, path));
  }

  /** The numbers of all processes, the highest first: numbers are given in turn. */
  private long[] pids() {
    long[] pids =
        names(proc).stream().filter(SocketHolders::number).mapToLong(Long::parseLong).toArray();
    Arrays.sort(pids);
    for (int i = 0; i < pids.length / 2; i++) {
      long low = pids[i];
      pids[i] = pids[pids.length - 1 - i];
      pids[pids.length - 1 - i] = low;
    }
    return pids;
  }

  private static boolean number(String name) {
    return name.length() <= 18 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private boolean holds(long pid, Set<String> links) {
    var folder = new File(proc, pid + "/fd");
    for (String descriptor : names(folder)) {
      try {
        Path link = folder.toPath().resolve(descriptor);
        if (links.contains(Files.readSymbolicLink(link).toString())) {
          return true;
        }
      } catch (AccessDeniedException _) {
        // So are all others of this process, and each would cost an exception.
        return false;
      } catch (IOException _) {
        // It has been closed meanwhile.
      }
    }
    return false;
  }

  private String executable(long pid) {
    Path process = proc.toPath().resolve(Long.toString(pid));
    String path = target(process.resolve("exe"));
    return path.isEmpty() ? command(process) : path;
  }

  private static String command(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("comm")), StandardCharsets.UTF_8)
          .stripTrailing();
    } catch (IOException _) {
      return "";
    }
  }

  /** What a link leads to, or nothing where the process has closed it, ended or is not ours. */
  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /** Not a stream of paths: this runs for each new connection. */
  private static List<String> names(File folder) {
    String[] names = folder.list();
    return names == null ? List.of() : Arrays.asList(names);
  }
}
