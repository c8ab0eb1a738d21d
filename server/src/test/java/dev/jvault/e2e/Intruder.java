package dev.jvault.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of another user of the same machine, who does not exist there. Needs root. */
final class Intruder implements AutoCloseable {
  private static final List<String> WHO =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /**
   * Opens connections as fast as it can, and keeps the youngest 500 of them. Each is reset when it
   * ends, so that no port is used up.
   */
  private static final String FLOOD =
      """
      use Socket; use Fcntl;
      my ($port) = @ARGV;
      my $to = sockaddr_in($port, inet_aton("127.0.0.1"));
      my @open;
      while (1) {
        socket(my $one, PF_INET, SOCK_STREAM, 0) or die;
        setsockopt($one, SOL_SOCKET, SO_LINGER, pack("ii", 1, 0));
        fcntl($one, F_SETFL, O_NONBLOCK);
        connect($one, $to);
        push @open, $one;
        close(shift @open) if @open > 500;
      }
      """;

  /** Opens connections from many addresses, sends half a request on each, and keeps them all. */
  private static final String HALF_OPEN =
      """
      use Socket; use Fcntl;
      my ($port, $count) = @ARGV;
      my $to = sockaddr_in($port, inet_aton("127.0.0.1"));
      my @open;
      for my $number (1 .. $count) {
        socket(my $one, PF_INET, SOCK_STREAM, 0) or last;
        bind($one, sockaddr_in(0, inet_aton("127.0.1." . (1 + $number % 200))));
        fcntl($one, F_SETFL, O_NONBLOCK);
        connect($one, $to);
        syswrite($one, "GET / HTTP/1.1\\r\\nX: ");
        push @open, $one;
      }
      print "open\\n";
      close(STDOUT);
      sleep 300;
      """;

  private final Jvault jvault;
  private final List<Process> started = new ArrayList<>();

  Intruder(Jvault jvault) {
    this.jvault = jvault;
  }

  /** The command lines of all processes, as everybody on the machine can read them. */
  String commandLines() {
    return run("sh", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; true").out();
  }

  /** Requests an address and follows where it leads, as {@code curl} does. */
  CommandResult visit(String address) {
    return run("curl", "-sgL", "-m", "20", "-w", "\n%{http_code}", address);
  }

  /** Starts to flood a port with connections. */
  void flood(int port) {
    Process _ = start("perl", "-e", FLOOD, Integer.toString(port));
  }

  /** Opens that many connections to a port, sends half a request on each, and keeps them. */
  void openHalf(int port, int count) {
    Process opening =
        start("perl", "-e", HALF_OPEN, Integer.toString(port), Integer.toString(count));
    try {
      String _ = new String(opening.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.forEach(process -> {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    });
  }

  private CommandResult run(String... words) {
    return jvault.finish(start(words), String.join(" ", words));
  }

  private Process start(String... words) {
    Process process =
        jvault.startCommand(Map.of(), Stream.concat(WHO.stream(), Stream.of(words)).toList());
    started.add(process);
    return process;
  }
}
