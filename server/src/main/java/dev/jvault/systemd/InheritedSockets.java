package dev.jvault.systemd;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The sockets of socket activation (sd_listen_fds(3)): the endpoint's port, ports of IMDS
 * listeners, and the control socket. They are told apart by their addresses. Only loopback is
 * accepted.
 *
 * @param all all of them
 */
public record InheritedSockets(List<InheritedSocket> all) {
  /** A daemon that binds its sockets itself. */
  public static final InheritedSockets NONE = new InheritedSockets(List.of());

  private static final int FIRST_DESCRIPTOR = 3;
  private static final int MOST = 64;
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");

  /** Copies the list. */
  public InheritedSockets {
    all = List.copyOf(all);
  }

  /**
   * The sockets that systemd gave this process; {@link #NONE} if it gave none.
   *
   * @param environment the variables of this process
   * @param pid its process id
   * @throws JvaultException with {@link ExitCode#DAEMON} if they are not what a daemon listens on
   */
  public static InheritedSockets of(Map<String, String> environment, long pid) {
    if (!environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid))) {
      return NONE;
    }
    var calls = new SocketCalls();
    return of(
        environment.getOrDefault("LISTEN_FDS", ""),
        descriptor -> calls.listens(descriptor) ? calls.address(descriptor) : Optional.empty());
  }

  /**
   * As above.
   *
   * @param count how many there are
   * @param listening where a descriptor listens; empty if it is no listening socket
   */
  static InheritedSockets of(String count, IntFunction<Optional<SocketAddress>> listening) {
    var found = new ArrayList<InheritedSocket>();
    int end = FIRST_DESCRIPTOR + number(count);
    for (int descriptor = FIRST_DESCRIPTOR; descriptor < end; descriptor++) {
      found.add(socket(descriptor, listening.apply(descriptor)));
    }
    var sockets = new InheritedSockets(found);
    if (!found.isEmpty() && sockets.paths().size() != 1) {
      throw refused(
          "systemd gave jvault %d Unix sockets, and it takes one, the control socket"
              .formatted(sockets.paths().size()));
    }
    return sockets;
  }

  /** Whether systemd keeps the sockets of this daemon. */
  public boolean any() {
    return !all.isEmpty();
  }

  /** The control socket; empty if there are no sockets. */
  public Optional<InheritedSocket> control() {
    return all.stream().filter(one -> one.address() instanceof UnixDomainSocketAddress).findFirst();
  }

  /** The TCP socket on an address, such as {@code 127.0.0.1} or {@code ::1}. */
  public Optional<InheritedSocket> at(InetAddress host, int port) {
    var address = new InetSocketAddress(host, port);
    return all.stream().filter(one -> one.address().equals(address)).findFirst();
  }

  /** The ports of all TCP sockets. */
  public Set<Integer> ports() {
    return all.stream()
        .map(InheritedSocket::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(address -> ((InetSocketAddress) address).getPort())
        .collect(Collectors.toSet());
  }

  /**
   * The port of the endpoint: the remembered one if it is among them, else the only one.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if it cannot be told
   */
  public int endpointPort(int remembered) {
    Set<Integer> ports = ports();
    if (ports.contains(remembered)) {
      return remembered;
    }
    if (ports.size() == 1) {
      return ports.iterator().next();
    }
    throw refused(
        ports.isEmpty()
            ? "systemd gave jvault no port on 127.0.0.1"
            : "systemd gave jvault the ports %s, and port %d, which programs know, is not among them"
                .formatted(
                    ports.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                    remembered));
  }

  private List<Path> paths() {
    return all.stream()
        .map(InheritedSocket::address)
        .filter(UnixDomainSocketAddress.class::isInstance)
        .map(address -> ((UnixDomainSocketAddress) address).getPath())
        .toList();
  }

  private static InheritedSocket socket(int descriptor, Optional<SocketAddress> address) {
    if (address.isEmpty()) {
      throw refused(
          "descriptor %d, which systemd gave jvault, is no listening socket of TCP or with a path"
              .formatted(descriptor));
    }
    if (address.get() instanceof InetSocketAddress internet
        && !HOSTS.contains(internet.getAddress().getHostAddress())) {
      throw refused(
          "systemd gave jvault the address %s, and it listens on 127.0.0.1 and [::1] only"
              .formatted(text(internet)));
    }
    return new InheritedSocket(descriptor, address.get());
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + " with port " + address.getPort();
  }

  private static int number(String count) {
    try {
      int number = Integer.parseInt(count);
      if (number >= 0 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw refused("LISTEN_FDS is `" + count + "` and not a number from 0 to " + MOST);
  }

  private static JvaultException refused(String what) {
    return new JvaultException(
        ExitCode.DAEMON,
        "The sockets of jvault's socket unit are wrong: "
            + what
            + "; correct jvault.socket, or run `jvault service install`.");
  }
}
