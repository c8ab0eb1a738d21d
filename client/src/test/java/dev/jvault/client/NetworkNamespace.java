package dev.jvault.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace with only a loopback interface, and a mount namespace without firmware that
 * names a cloud. They last until {@link #close}. Needs root, util-linux and iproute2.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final String SETUP =
      "ip link set lo up && mount --make-rprivate / && "
          + "if [ -d /sys/class/dmi/id ]; then mount -t tmpfs none /sys/class/dmi/id; fi && "
          + "echo ready && exec cat";

  private final Process holder;
  private final List<Process> background = new ArrayList<>();

  NetworkNamespace() {
    try {
      holder =
          new ProcessBuilder("unshare", "--net", "--mount", "sh", "-c", SETUP)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      awaitLine(holder, "ready");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line that runs a command in these namespaces. */
  List<String> enter(String... command) {
    String folder = "/proc/" + holder.pid() + "/ns/";
    var words = new ArrayList<>(List.of("nsenter", "--net=" + folder + "net"));
    words.add("--mount=" + folder + "mnt");
    words.addAll(List.of(command));
    return words;
  }

  /**
   * Starts a command that runs until {@link #close}, and waits until it has printed {@code ready}.
   */
  void background(String... command) {
    try {
      Process process =
          new ProcessBuilder(enter(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      background.add(process);
      awaitLine(process, "ready");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    background.forEach(Process::destroyForcibly);
    holder.destroyForcibly();
  }

  private static void awaitLine(Process process, String line) throws IOException {
    var seen = new StringBuilder();
    var reader = process.inputReader(StandardCharsets.UTF_8);
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0) {
        throw new AssertionError("a namespace needs root, unshare, nsenter and ip");
      }
      seen.append((char) c);
    }
    if (!seen.toString().equals(line)) {
      throw new AssertionError("not " + line + " but " + seen);
    }
  }
}
