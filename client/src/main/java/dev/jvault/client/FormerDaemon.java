package dev.jvault.client;

import dev.jvault.protocol.RuntimeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A daemon of an older version, whose control socket lies in the user's runtime folder and not
 * beside the vault. After an upgrade it still has the vault, so commands must reach it.
 */
final class FormerDaemon {
  private final Invocation invocation;

  FormerDaemon(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The socket of such a daemon, if it listens and has this caller's vault. */
  Optional<Path> socket() {
    if (!invocation.variable("JVAULT_HOME").isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(
            folder("XDG_RUNTIME_DIR", "jvault"),
            Optional.of(Path.of("/run/user", Long.toString(invocation.uid()), "jvault")),
            folder("TMPDIR", "jvault-" + invocation.uid()),
            Optional.of(Path.of("/tmp", "jvault-" + invocation.uid())))
        .flatMap(Optional::stream)
        .filter(folder -> RuntimeFolder.isOwn(folder, invocation.uid()))
        .filter(this::hasOurVault)
        .map(folder -> folder.resolve("control.sock"))
        .filter(ControlSocket::listens)
        .findFirst();
  }

  private Optional<Path> folder(String variable, String name) {
    String parent = invocation.variable(variable);
    return parent.startsWith("/") ? Optional.of(Path.of(parent, name)) : Optional.empty();
  }

  /** Compares the vaults by the variables of the daemon; true if the system does not tell them. */
  private boolean hasOurVault(Path folder) {
    try {
      String pid = Files.readString(folder.resolve("daemon.lock")).strip();
      byte[] content = Files.readAllBytes(Path.of("/proc", pid, "environ"));
      Map<String, String> variables = new HashMap<>();
      for (String entry : new String(content, StandardCharsets.UTF_8).split("\0", -1)) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          variables.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
      RuntimeFiles theirs = RuntimeFiles.of(variables, System.getProperty("os.name", ""));
      return theirs.real().vault().equals(invocation.files().real().vault());
    } catch (IOException _) {
      return Files.exists(folder.resolve("daemon.lock"));
    }
  }
}
