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
 * A machine of its own as far as the network goes, with nothing in it but loopback. It lives as
 * long as a process that sleeps in it, ten minutes at most, and its cables go with it. Needs root.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final String LONGEST_SECONDS = "600";

  private final Jvault jvault;
  private final List<Process> started = new ArrayList<>();
  private final long holder;

  /** A namespace whose user is root there and elsewhere. */
  NetworkNamespace(Jvault jvault) {
    this(jvault, List.of(), "-n");
  }

  private NetworkNamespace(Jvault jvault, List<String> outside, String unshare) {
    this.jvault = jvault;
    this.holder = start(outside, "unshare", unshare, "sleep", LONGEST_SECONDS).pid();
    await().until(() -> command(holder).startsWith("sleep"));
    run("ip", "link", "set", "lo", "up");
  }

  /** As a rootless container has it: made in here by a program that is root there only. */
  NetworkNamespace rootless() {
    return new NetworkNamespace(jvault, place(), "-rn");
  }

  /** The process that holds it. */
  long pid() {
    return holder;
  }

  /** What stands before a command that is to run in here. */
  List<String> place() {
    return List.of("nsenter", "-t", Long.toString(holder), "-n");
  }

  /** Runs a command in here, which must go well. */
  void run(String... words) {
    Process process = jvault.startCommand(Map.of(), words(place(), words));
    String _ = jvault.finish(process, String.join(" ", words)).ok();
  }

  /** Starts a command in here, which ends with the namespace if not before. */
  Process start(String... words) {
    return start(place(), words);
  }

  /** Lays a cable from an interface in here to one over there; neither has an address. */
  void cable(String here, NetworkNamespace there, String other) {
    run(
        words(
                List.of("ip", "link", "add", here, "type", "veth", "peer", "name", other),
                "netns",
                Long.toString(there.holder))
            .toArray(String[]::new));
  }

  /** Gives an interface its addresses (with the length of their network), and turns it on. */
  void up(String name, String... addresses) {
    for (String address : addresses) {
      run("ip", "address", "add", address, "dev", name);
    }
    run("ip", "link", "set", name, "up");
  }

  /** Lets 127.0.0.0/8 go through an interface, as some installers do. */
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
