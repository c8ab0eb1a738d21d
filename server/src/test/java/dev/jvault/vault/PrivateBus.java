package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The test's own D-Bus session, optionally with a GNOME keyring. */
public final class PrivateBus implements AutoCloseable {
  private final Path home;
  private final Deque<Process> processes = new ArrayDeque<>();
  private final String address;

  /** A bus that starts no services by itself. */
  public PrivateBus(Path home) throws IOException {
    this.home = home;
    Path configuration = home.resolve("bus.conf");
    Files.writeString(
        configuration,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:dir=%s</listen>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """
            .formatted(home));
    Process bus =
        start("dbus-daemon", "--nofork", "--print-address", "--config-file=" + configuration);
    address = firstLine(bus);
  }

  /** The variables of a caller in this session. */
  public Map<String, String> environment() {
    return Map.of("DBUS_SESSION_BUS_ADDRESS", address);
  }

  /** Starts a keyring whose default collection is unlocked with the password. */
  public void startKeyring(String password) throws IOException {
    Process keyring =
        start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
    keyring.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
    keyring.getOutputStream().close();
    awaitKeyring();
  }

  /** Starts a keyring that stays locked. */
  public void startLockedKeyring() throws IOException {
    start("gnome-keyring-daemon", "--foreground", "--start", "--components=secrets");
    awaitKeyring();
  }

  @Override
  public void close() {
    while (!processes.isEmpty()) {
      Process process = processes.pop();
      process.destroy();
      process.onExit().join();
    }
  }

  public void stopKeyring() {
    Process keyring = processes.pop();
    keyring.destroy();
    keyring.onExit().join();
  }

  private void awaitKeyring() {
    await()
        .ignoreExceptions()
        .until(() -> {
          Process ping =
              builder(
                      "dbus-send",
                      "--session",
                      "--print-reply",
                      "--dest=org.freedesktop.secrets",
                      "/org/freedesktop/secrets",
                      "org.freedesktop.DBus.Peer.Ping")
                  .start();
          return ping.waitFor() == 0;
        });
  }

  private Process start(String... command) throws IOException {
    Process process = builder(command).start();
    processes.push(process);
    return process;
  }

  private ProcessBuilder builder(String... command) {
    var builder = new ProcessBuilder(command).redirectError(home.resolve("errors").toFile());
    var environment = builder.environment();
    environment.remove("DISPLAY");
    environment.remove("WAYLAND_DISPLAY");
    environment.remove("XDG_DATA_HOME");
    environment.put("HOME", home.toString());
    environment.put("XDG_RUNTIME_DIR", home.toString());
    if (!processes.isEmpty()) {
      environment.put("DBUS_SESSION_BUS_ADDRESS", address);
    }
    return builder;
  }

  private static String firstLine(Process process) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    assertThat(line).startsWith("unix:");
    return line;
  }
}
