package dev.jvault.peer;

import dev.jvault.protocol.NotifySocket;
import dev.jvault.protocol.OwnUid;
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
 * Finds the processes that hold a peer's socket, from the links in {@code /proc/PID/fd}. It sees
 * the processes of this user, except those that cannot be inspected: processes that root started
 * for the user, such as {@code sshd}, and those that asked the kernel for it, such as {@code
 * pasta}. So a peer without a holder is one of those, or has ended.
 *
 * <p>To inspect a process takes some microseconds, and two to seven more for each of its open
 * files; see {@link #first} and {@link #firstAnd}. Safe for many threads.
 */
public final class SocketHolders {
  private static final String SOCKET = "socket:[";

  /** The length of a map that leaves no user out. */
  private static final String ALL_USERS = "4294967295";

  private final File proc;
  private final boolean canTell;

  /**
   * Inspects the processes in this folder.
   *
   * @param proc {@code /proc}, or a folder of the same form
   */
  public SocketHolders(Path proc) {
    this.proc = proc.toFile();
    this.canTell = Files.isDirectory(proc.resolve("self/fd"));
  }

  /** Inspects the processes of this machine. */
  public static SocketHolders ofThisSystem() {
    return new SocketHolders(Path.of("/proc"));
  }

  /**
   * Whether the kernel hides this user's programs from this process, as in a user namespace that a
   * unit of systemd has for itself: then no peer has a holder. In any other user namespace, the
   * programs that ask are beside this process.
   */
  public static boolean hidden() {
    return NotifySocket.isSet(System.getenv())
        && hidden(Path.of("/proc"), ProcessHandle.current().parent().map(ProcessHandle::pid));
  }

  /**
   * Whether it does in a unit of systemd. The parent is the user's manager then, which is outside
   * of the namespace.
   *
   * @param proc {@code /proc}, or a folder of the same form
   */
  static boolean hidden(Path proc, Optional<Long> parent) {
    Path folder = proc.resolve(parent.map(String::valueOf).orElse("self"));
    try {
      String map = Files.readString(proc.resolve("self/uid_map")).strip();
      if (!map.endsWith(" " + ALL_USERS) && OwnUid.owns(folder)) {
        var _ = Files.readSymbolicLink(folder.resolve("ns/user"));
      }
      return false;
    } catch (AccessDeniedException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether the system has such links, so that an empty result means that there is no holder. */
  public boolean canTell() {
    return canTell;
  }

  /**
   * The youngest process that holds one of the peer's sockets. If a parent opened the socket for a
   * child, that is the child, which uses it. A command that has just been started is found at once;
   * for the oldest process, all files of all processes are inspected.
   */
  public Optional<PeerProcess> first(Peer peer) {
    return holders(peer, true, _ -> false).stream().findFirst();
  }

  /**
   * That process, followed by all other holders of a kind, the youngest first. A socket is
   * inherited, so a caller that decides by the program needs to see each holder that matters. After
   * the first holder, this inspects the program of every process, but the files only of those of
   * the kind.
   */
  public List<PeerProcess> firstAnd(Peer peer, Predicate<PeerProcess> kind) {
    return holders(peer, false, kind);
  }

  /** The inodes of all sockets of a process; none if it cannot be inspected. */
  public Set<Long> sockets(PeerProcess process) {
    var folder = new File(proc, process.pid() + "/fd");
    return names(folder).stream()
        .map(descriptor -> target(folder.toPath().resolve(descriptor)))
        .filter(link -> link.startsWith(SOCKET) && link.endsWith("]"))
        .map(link -> link.substring(SOCKET.length(), link.length() - 1))
        .filter(SocketHolders::number)
        .map(Long::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<PeerProcess> holders(Peer peer, boolean one, Predicate<PeerProcess> kind) {
    if (!canTell) {
      return List.of();
    }
    Set<String> links =
        peer.inodes().stream()
            .map(inode -> SOCKET + inode + "]")
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

  /** Whether a process is of the kind, or reveals its files but not its program. */
  private boolean mayBe(Predicate<PeerProcess> kind, long pid) {
    var program = new File(proc, pid + "/exe");
    // Checked first, because most processes are the kernel's or another user's, and each of their
    // links would cost an exception.
    String path = program.exists() ? target(program.toPath()) : "";
    return path.isEmpty() || kind.test(new PeerProcess(pid, path));
  }

  /** The ids of all processes, the highest first, because ids are assigned in order. */
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
        // All other links of this process are refused too, and each would cost an exception.
        return false;
      } catch (IOException _) {
        // The file has been closed in the meantime.
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

  /** The target of a link; empty if the process has closed it, has ended or is another user's. */
  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /** Avoids a stream of paths, because this runs for each new connection. */
  private static List<String> names(File folder) {
    String[] names = folder.list();
    return names == null ? List.of() : Arrays.asList(names);
  }
}
