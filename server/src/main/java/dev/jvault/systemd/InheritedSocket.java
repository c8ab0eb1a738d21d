package dev.jvault.systemd;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A listening socket that systemd made and keeps: connections wait in it while no daemon runs.
 *
 * @param descriptor this process's descriptor of it, which stays open as long as the process
 * @param address where it listens
 */
public record InheritedSocket(int descriptor, SocketAddress address) {
  private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

  /**
   * Puts this socket in the place of another one of this process. Java cannot make a channel of a
   * descriptor, so a channel of its own is bound elsewhere first, and then leads here.
   *
   * @param bound where the other one is bound
   * @throws IOException if the system refuses
   */
  public void replace(SocketAddress bound) throws IOException {
    var calls = new SocketCalls();
    List<Integer> replaced =
        ownDescriptors().stream()
            .filter(one -> calls.address(one).filter(bound::equals).isPresent())
            .toList();
    if (replaced.size() != 1 || !calls.replace(replaced.getFirst(), descriptor)) {
      throw new IOException("the socket of descriptor " + descriptor + " cannot be used");
    }
  }

  private static List<Integer> ownDescriptors() throws IOException {
    try (Stream<Path> all = Files.list(OWN_DESCRIPTORS)) {
      return all.map(path -> Integer.valueOf(path.getFileName().toString())).toList();
    }
  }
}
