package dev.jvault.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the processes that listen on a port, on Linux, from {@code /proc}. */
public final class PortListeners {
  private static final Path PROC = Path.of("/proc");

  private PortListeners() {}

  /**
   * The holder, such as {@code node (pid 4711)}; empty if unknown, as for another user's process.
   */
  public static Optional<String> holder(int port) {
    Set<String> links = links(port);
    return ProcessHandle.allProcesses()
        .filter(process -> !links.isEmpty() && !descriptors(process.pid(), links).isEmpty())
        .map(process -> name(process) + " (pid " + process.pid() + ")")
        .findFirst();
  }

  /** The file descriptors of this process's listeners on a port, which Java does not reveal. */
  public static List<Integer> ownDescriptors(int port) {
    return descriptors(ProcessHandle.current().pid(), links(port));
  }

  /** Whether connections to a port wait until a listener accepts them. */
  public static boolean hasQueue(int port) {
    return TcpTable.queued(TcpTable.OWN, port) > 0;
  }

  private static Set<String> links(int port) {
    return TcpTable.ofPort(TcpTable.OWN, port).stream()
        .filter(socket -> socket.state() == TcpSocket.LISTEN && socket.local().getPort() == port)
        .map(socket -> "socket:[" + socket.inode() + "]")
        .collect(Collectors.toSet());
  }

  private static List<Integer> descriptors(long pid, Set<String> links) {
    try (Stream<Path> all = Files.list(PROC.resolve(pid + "/fd"))) {
      return all.filter(descriptor -> links.contains(target(descriptor)))
          .map(descriptor -> Integer.valueOf(descriptor.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> new PeerProcess(process.pid(), command).program())
        .orElse("a process");
  }
}
