package dev.jvault.service;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.RuntimeFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The units and drop-ins for the user's systemd. If a package has installed the units of this very
 * program, only drop-ins for what differs are written.
 */
final class SystemdFiles {
  /** The longest path that the kernel takes for a Unix socket, in bytes. */
  private static final int LONGEST_SOCKET = 107;

  private static final String SOCKET_DROP_IN = "jvault.socket.d/jvault.conf";
  private static final String SERVICE_DROP_IN = "jvault.service.d/jvault.conf";

  /**
   * The drop-in that takes the sandbox away which hides who asks for instance metadata, and which
   * not every system allows.
   */
  private static final String SEE_CALLERS = "jvault.service.d/see-callers.conf";

  private final ServiceUser user;
  private final Systemd systemd;
  private final int port;
  private final boolean ipv6;

  /**
   * The files for a user.
   *
   * @param port the endpoint's port
   * @param ipv6 whether the kernel has IPv6
   */
  SystemdFiles(ServiceUser user, Systemd systemd, int port, boolean ipv6) {
    this.user = user;
    this.systemd = systemd;
    this.port = port;
    this.ipv6 = ipv6;
  }

  /** Every place in which jvault may have written. */
  List<Path> places() {
    Path folder = systemd.ownFolder();
    return List.of(
        folder.resolve(Systemd.SOCKET),
        folder.resolve(Systemd.SERVICE),
        folder.resolve(SOCKET_DROP_IN),
        folder.resolve(SERVICE_DROP_IN),
        folder.resolve(SEE_CALLERS));
  }

  /** Whether the drop-in is there that takes most of the sandbox away. */
  boolean withoutSandbox() {
    return Files.exists(systemd.ownFolder().resolve(SEE_CALLERS));
  }

  /** Whether one of these places is the socket unit or its drop-in. */
  static boolean isOfSocket(Path place) {
    return place.endsWith(Systemd.SOCKET) || place.endsWith(SOCKET_DROP_IN);
  }

  /** The folders that hold them, the innermost first. */
  List<Path> folders() {
    Path folder = systemd.ownFolder();
    return List.of(
        folder.resolve("jvault.socket.d"),
        folder.resolve("jvault.service.d"),
        folder,
        folder.resolveSibling(""));
  }

  /** The files that systemd needs, in the order in which they are written. */
  List<WantedFile> wanted() {
    refuseLongSocket();
    Path folder = systemd.ownFolder();
    Optional<Path> packaged = packaged(folder);
    var files = new ArrayList<WantedFile>();
    if (packaged.isEmpty()) {
      files.add(WantedFile.of(folder.resolve(Systemd.SOCKET), socket()));
      files.add(WantedFile.of(folder.resolve(Systemd.SERVICE), service()));
    } else if (!listens(packaged.get()).equals(listens())) {
      String lines = "[Socket]\nListenStream=\n" + String.join("", listenLines());
      files.add(WantedFile.of(folder.resolve(SOCKET_DROP_IN), lines));
    }
    List<String> variables = variables();
    if (!variables.isEmpty()) {
      String lines = "[Service]\n" + String.join("", variables);
      files.add(WantedFile.of(folder.resolve(SERVICE_DROP_IN), lines));
    }
    if (user.metadata() || hasMetadata() || !systemd.allowsSandbox()) {
      files.add(
          WantedFile.of(folder.resolve(SEE_CALLERS), Templates.fill("see-callers.conf", Map.of())));
    }
    return files;
  }

  /** Whether an IMDS listener is kept, which cannot work in the sandbox of the unit. */
  private boolean hasMetadata() {
    return lines(user.files().state().resolve("imds.json"))
        .anyMatch(line -> line.contains("grant"));
  }

  private String socket() {
    String text =
        Templates.fill(
            Systemd.SOCKET,
            Map.of("PORT", Integer.toString(port), "CONTROL", percent(control().toString())));
    return ipv6 ? text : text.replaceAll("(?m)^ListenStream=\\[::1\\].*\n", "");
  }

  private String service() {
    return Templates.fill(Systemd.SERVICE, Map.of("JVAULT", word(user.command().toString())));
  }

  private List<String> listenLines() {
    return listens().stream().map(address -> "ListenStream=" + percent(address) + "\n").toList();
  }

  private List<String> listens() {
    var addresses = new ArrayList<>(List.of("127.0.0.1:" + port));
    if (ipv6) {
      addresses.add("[::1]:" + port);
    }
    addresses.add(control().toString());
    return addresses;
  }

  private Path control() {
    return user.files().controlSocket();
  }

  /** What the socket unit of a package listens on. */
  private List<String> listens(Path unit) {
    String home = user.home().toString();
    return lines(unit)
        .filter(line -> line.startsWith("ListenStream="))
        .map(line -> line.substring("ListenStream=".length()).strip().replace("%h", home))
        .filter(address -> ipv6 || !address.startsWith("["))
        .toList();
  }

  /** The socket unit of a package whose service runs this program. */
  private Optional<Path> packaged(Path own) {
    return systemd.folders().stream()
        .filter(folder -> !folder.equals(own))
        .filter(folder -> runsThisProgram(folder.resolve(Systemd.SERVICE)))
        .map(folder -> folder.resolve(Systemd.SOCKET))
        .filter(Files::exists)
        .findFirst();
  }

  private boolean runsThisProgram(Path unit) {
    String start = "ExecStart=" + word(user.command().toString()) + " ";
    return Files.exists(unit) && lines(unit).anyMatch(line -> line.startsWith(start));
  }

  private static Stream<String> lines(Path file) {
    return UserFiles.read(file).map(UserFiles::text).orElse("").lines();
  }

  private List<String> variables() {
    Map<String, String> known = systemd.environment();
    var lines = new ArrayList<String>();
    user.daemonVariables()
        .forEach((name, value) -> {
          if (!value.equals(known.get(name))) {
            lines.add("Environment=" + quoted(name + "=" + value) + "\n");
          }
        });
    foldersOutsideHome()
        .forEach(folder -> lines.add("ReadWritePaths=-" + word(folder.toString()) + "\n"));
    return lines;
  }

  /** Where the daemon has its files if that is not in the home, by a variable or by a link. */
  private Stream<Path> foldersOutsideHome() {
    Path home = RuntimeFiles.real(user.home());
    RuntimeFiles files = user.files().real();
    return Stream.of(files.controlSocket().resolveSibling(""), files.state())
        .filter(folder -> !folder.startsWith(home))
        .distinct();
  }

  private void refuseLongSocket() {
    int length = control().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The path of the control socket, %s, is longer than the %d bytes that a unit can have; use"
                  .formatted(control(), LONGEST_SOCKET)
              + " a shorter XDG_DATA_HOME or JVAULT_HOME for the service.");
    }
  }

  /** A word of a unit: in quotes if it needs them. */
  static String word(String text) {
    return text.matches("[A-Za-z0-9_./:=@+,-]+") ? text : quoted(text);
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + percent(escaped) + '"';
  }

  private static String percent(String text) {
    return text.replace("%", "%%");
  }
}
