package dev.jvault.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Names the process that listens on a loopback port, where Linux's {@code /proc} tells. */
public final class PortHolder {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /** Such as {@code node (pid 4711)}; empty where it cannot be found, as for other users' ones. */
  public static Optional<String> of(int port) {
    return inode(port).flatMap(PortHolder::process);
  }

  private static Optional<String> inode(int port) {
    String suffix = ":" + String.format(Locale.ROOT, "%04X", port);
    return Stream.of("net/tcp", "net/tcp6")
        .flatMap(table -> lines(PROC.resolve(table)))
        .map(line -> line.strip().split("\\s+"))
        .filter(fields ->
            fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING))
        .map(fields -> fields[9])
        .findFirst();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Optional<String> process(String inode) {
    String link = "socket:[" + inode + "]";
    return ProcessHandle.allProcesses()
        .filter(process -> holds(PROC.resolve(process.pid() + "/fd"), link))
        .map(process -> name(process) + " (pid " + process.pid() + ")")
        .findFirst();
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName())
        .map(Path::toString)
        .orElse("a process");
  }

  private static boolean holds(Path descriptors, String link) {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.anyMatch(descriptor -> leadsTo(descriptor, link));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean leadsTo(Path descriptor, String link) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(link);
    } catch (IOException e) {
      return false;
    }
  }
}
