package dev.jvault.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network namespace, which stands for another machine. At first it has only loopback. It exists
 * as long as a process that sleeps in it, at most ten minutes, and its cables end with it. Needs
 * root.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final String LONGEST_SECONDS = "600";

  private final Jvault jvault;
  private final List<Process> started = new ArrayList<>();
  private final long holder;

  /** A namespace whose root is the real root. */
  NetworkNamespace(Jvault jvault) {
    this(jvault, List.of(), "-n");
  }

  private NetworkNamespace(Jvault jvault, List<String> outside, String unshare) {
    this.jvault = jvault;
    this.holder = start(outside, "unshare", unshare, "sleep", LONGEST_SECONDS).pid();
    await().until(() -> command(holder).startsWith("sleep"));
    run("ip", "link", "set", "lo", "up");
  }

  /** A namespace like that of a rootless container: its root is root only there. */
  NetworkNamespace rootless() {
    return new NetworkNamespace(jvault, place(), "-rn");
  }

  /** The process that keeps the namespace. */
  long pid() {
    return holder;
  }

  /** The words before a command that run it in this namespace. */
  List<String> place() {
    return List.of("nsenter", "-t", Long.toString(holder), "-n");
  }

  /** Runs a command in this namespace and checks that it succeeded. */
  void run(String... words) {
    Process process = jvault.startCommand(Map.of(), words(place(), words));
    String _ = jvault.finish(process, String.join(" ", words)).ok();
  }

  /** Starts a command in this namespace; it ends with the namespace at the latest. */
  Process start(String... words) {
    return start(place(), words);
  }

  /** Connects an interface here with one in another namespace; neither has an address yet. */
  void cable(String here, NetworkNamespace there, String other) {
    run(
        words(
                List.of("ip", "link", "add", here, "type", "veth", "peer", "name", other),
                "netns",
                Long.toString(there.holder))
            .toArray(String[]::new));
  }

  /** Gives an interface its addresses, with prefix lengths, and turns it on. */
  void up(String name, String... addresses) {
    for (String address : addresses) {
      run("ip", "address", "add", address, "dev", name);
    }
    run("ip", "link", "set", name, "up");
  }

  /** Routes 127.0.0.0/8 through an interface, as some installers do. */
  void routeLoopback(String name) {
    run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/" + name + "/route_localnet");
  }

  @Override
  public void close() {
    started
        .reversed()
        .forEach(process -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
  }

  private Process start(List<String> place, String... words) {
    Process process = jvault.startCommand(Map.of(), words(place, words));
    started.add(process);
    return process;
  }

  private static String command(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(List<String> first, String... more) {
    var words = new ArrayList<>(first);
    words.addAll(List.of(more));
    return words;
  }
}
