package dev.jvault.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the processes that hold a peer's socket, by the links below {@code /proc/PID/fd}. It sees
 * what this user may look at: his own processes, but for those that let nobody look at them (those
 * that were started by root for him, as {@code sshd} is, or asked the kernel for it, as {@code
 * pasta} does). So a peer without a holder is one of those, or gone.
 *
 * <p>A look at a process costs some microseconds for each of its open files: with 4,000 files open
 * in all, some 25 ms; see {@link #first} and {@link #all}. Safe for many threads.
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
   * that is older than all others takes as long as {@link #all}.
   */
  public Optional<PeerProcess> first(Peer peer) {
    return holders(peer, 1).stream().findFirst();
  }

  /**
   * All processes that hold one of the peer's sockets, the youngest first: a socket is inherited,
   * and whoever decides by the program wants to see each. Looks at every process of the machine.
   */
  public List<PeerProcess> all(Peer peer) {
    return holders(peer, Integer.MAX_VALUE);
  }

  private List<PeerProcess> holders(Peer peer, int most) {
    if (!canTell) {
      return List.of();
    }
    Set<String> links =
        peer.inodes().stream()
            .map(inode -> "socket:[" + inode + "]")
            .collect(Collectors.toUnmodifiableSet());
    List<PeerProcess> found = new ArrayList<>();
    for (long pid : pids()) {
      if (holds(pid, links)) {
        found.add(new PeerProcess(pid, executable(pid)));
        if (found.size() == most) {
          break;
        }
      }
    }
    return found;
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
      if (links.contains(target(folder.toPath().resolve(descriptor)))) {
        return true;
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
