package dev.jvault.server;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.session.SdkTimeouts;
import dev.jvault.testing.AdjustableClock;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.Patience;
import dev.jvault.vault.NewIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A whole daemon in a home of the test, with a stand-in for AWS. The config file has the profiles
 * {@code dev} (a key), {@code deploy} and {@code audit} (roles above it), {@code mfa} (a key with a
 * device) and {@code mfa-role}.
 */
public final class RunningJvault implements AutoCloseable {
  /** The daemon's main class, for tests that start it as a process. */
  public static final Class<?> MAIN = Main.class;

  /** The key that the stand-in knows. */
  public static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";

  /** The secret of that key, which must not appear anywhere. */
  public static final String KEY_SECRET = "canary/of/the/long-lived/key+0123456789A";

  /** Larger than any pid that Linux assigns. */
  private static final long NO_PROCESS = 1L << 31;

  private final Path home;
  private final AdjustableClock clock = new AdjustableClock();
  private final String keyCommand = NewIdentity.command();
  private final StandInSts sts;
  private final int port;
  private Map<String, String> environment = Map.of();
  private SdkTimeouts timeouts = _ -> Patience.LIMIT;
  private Jvault daemon;

  private RunningJvault(Path home, Duration sessionLength) throws IOException {
    this.home = home;
    this.sts = new StandInSts(new AccessKey(KEY_ID, Secret.of(KEY_SECRET)), sessionLength, clock);
    // Taken after the stand-in has its own, because a free port may be taken by the next socket.
    this.port = FreePort.next();
    config(profiles(sts.endpoint()));
    this.daemon = start(OptionalInt.of(port));
  }

  /** A daemon without a vault; sessions live for an hour. */
  public static RunningJvault empty(Path home) throws IOException {
    return new RunningJvault(home, Duration.ofHours(1));
  }

  /** A daemon with the key in {@code dev} and {@code mfa}; sessions live for an hour. */
  public static RunningJvault withKeys(Path home) throws IOException {
    return withKeys(home, Duration.ofHours(1));
  }

  /** A daemon with the key in {@code dev} and {@code mfa}. */
  public static RunningJvault withKeys(Path home, Duration sessionLength) throws IOException {
    var jvault = new RunningJvault(home, sessionLength);
    jvault.addKey(jvault.caller(), "dev", KEY_ID);
    jvault.addKey(jvault.caller(), "mfa", KEY_ID);
    return jvault;
  }

  /** Restarts the daemon, whose SDK requests wait from now on only as long as SDKs allow. */
  public void restartWithTheTimeoutsOfSdks() {
    timeouts = SdkTimeouts.OF_THE_SDKS;
    restart();
  }

  /** Adds a key to the vault with the verb. */
  public void addKey(ControlTestClient caller, String name, String accessKeyId) {
    succeeded(
        caller.call(
            "add",
            "profile=" + name,
            "access-key-id=" + accessKeyId,
            "secret-access-key=" + KEY_SECRET,
            "replace=true",
            "any-id=true",
            "no-check=true"));
  }

  /** A caller from this home without a terminal, whose vault's key a command prints. */
  public ControlTestClient caller() {
    return stranger().variable("JVAULT_KEY_COMMAND", keyCommand);
  }

  /** A caller from this home with only {@code HOME} and {@code PATH}. */
  public ControlTestClient stranger() {
    return new ControlTestClient(
        files().controlSocket(), Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
  }

  /** The plan of {@code exec} for a profile. */
  public ParsedLaunchPlan exec(String profile, String... options) {
    var all = new java.util.ArrayList<>(java.util.List.of(options));
    all.add("profile=" + profile);
    return new ParsedLaunchPlan(
        succeeded(caller().call("exec", all.toArray(String[]::new))).body());
  }

  /** Fails unless the verb has succeeded. */
  public static ControlResponse succeeded(ControlResponse answer) {
    if (!answer.ended(ExitCode.OK)) {
      throw new AssertionError("the verb failed: " + answer);
    }
    return answer;
  }

  /** Restarts the daemon as a client does, without a port. */
  public void restart() {
    daemon.close();
    daemon = start(OptionalInt.empty());
  }

  /** Starts the successor of this daemon, whose handover has begun. */
  public void follow() {
    Jvault old = daemon;
    var predecessor = new ServerConfig.Predecessor(port, NO_PROCESS);
    daemon =
        Jvault.start(
            new ServerConfig(
                files(),
                OptionalInt.empty(),
                false,
                Optional.of(predecessor),
                Installation.of("/opt/jvault/bin/jvault"),
                home,
                environment),
            timeouts,
            clock);
    // The client's signal does the same: the requests that have come to the old one are answered.
    old.leave();
    old.close();
  }

  /** Restarts the daemon with these variables. */
  public void restartIn(Map<String, String> other) {
    environment = other;
    restart();
  }

  /** Stops the daemon; {@link #restart} starts it again. */
  public void stop() {
    daemon.close();
  }

  /** Replaces the config file. */
  public void config(String text) {
    try {
      Files.createDirectories(configFile().getParent());
      // Replaced by a rename, because a file that is written in place may be read half-written.
      Path next = Files.writeString(configFile().resolveSibling("config.next"), text);
      Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
      Files.move(next, configFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ~/.aws/config}. */
  public Path configFile() {
    return home.resolve(".aws/config");
  }

  /** The stand-in for AWS. */
  public StandInSts sts() {
    return sts;
  }

  /** The clock of the daemon and of its AWS. */
  public AdjustableClock clock() {
    return clock;
  }

  /** The endpoint's port. */
  public int port() {
    return port;
  }

  /** The locations of the daemon's files. */
  public RuntimeFiles files() {
    return RuntimeFiles.of(Map.of("JVAULT_HOME", home.resolve("jv").toString()), "Linux");
  }

  /** Waits until the daemon has been asked to stop. */
  public void awaitStop() throws InterruptedException {
    daemon.await();
  }

  @Override
  public void close() {
    daemon.close();
    sts.close();
  }

  private Jvault start(OptionalInt chosen) {
    return Jvault.start(
        new ServerConfig(
            files(),
            chosen,
            false,
            Optional.empty(),
            Installation.of("/opt/jvault/bin/jvault"),
            home,
            environment),
        timeouts,
        clock);
  }

  /** The config file's text for an STS. */
  public static String profiles(URI endpoint) {
    return """
    [profile dev]
    region = eu-west-1
    endpoint_url = %1$s
    [profile deploy]
    source_profile = dev
    role_arn = arn:aws:iam::123456789012:role/deploy
    endpoint_url = %1$s
    [profile audit]
    source_profile = deploy
    role_arn = arn:aws:iam::210987654321:role/audit
    endpoint_url = %1$s
    [profile mfa]
    mfa_serial = arn:aws:iam::123456789012:mfa/me
    endpoint_url = %1$s
    [profile mfa-role]
    source_profile = mfa
    role_arn = arn:aws:iam::123456789012:role/careful
    endpoint_url = %1$s
    """
        .formatted(endpoint);
  }
}
