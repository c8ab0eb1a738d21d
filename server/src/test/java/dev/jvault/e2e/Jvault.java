package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.DaemonLock;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program with a home of its own, a passphrase for its vault and no terminal. Closing
 * it stops the daemon and removes the home.
 */
final class Jvault implements AutoCloseable {
  /** The key that the stand-in for STS knows. */
  static final String KEY_ID = "AKIAJVAULTENDTOEND22";

  /** Occurs in no file by chance. */
  static final String SECRET = "canary+SecretOfTheLongLivedKey/0123456789";

  static final String PASSPHRASE = "canary passphrase of the vault";

  private static final Path PROGRAM =
      Path.of(System.getProperty("basedir", "")).resolve("../target/jvault/bin/jvault");
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  /** Creates a home with this {@code ~/.aws/config}; the endpoint takes any free port. */
  Jvault(String config) {
    try {
      // Directly in the temporary folder, because the path of a socket has at most 108 bytes.
      home = Files.createTempDirectory("jvault");
      Files.createDirectory(home.resolve(".aws"));
      Files.writeString(config(), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("JVAULT_HOME", folder().toString());
    environment.put("JVAULT_PASSPHRASE", PASSPHRASE);
  }

  /**
   * Creates a home with two profiles, whose calls of STS go to this stand-in: {@code root}, whose
   * key is not stored yet, and {@code child}, a role that root assumes.
   */
  static Jvault withRootAndChild(StandInSts sts) {
    return new Jvault(
            """
            [profile root]
            region = eu-west-1

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer
            """)
        .set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
  }

  static AccessKey key() {
    return new AccessKey(KEY_ID, Secret.of(SECRET));
  }

  static String program() {
    assertThat(PROGRAM).as("the packaged program").isExecutable();
    return PROGRAM.normalize().toAbsolutePath().toString();
  }

  Path home() {
    return home;
  }

  /** JVAULT_HOME. */
  Path folder() {
    return home.resolve("jv");
  }

  Path config() {
    return home.resolve(".aws/config");
  }

  Path log() {
    return folder().resolve("state/jvault.log");
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Sets a variable for all later commands. */
  Jvault set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Jvault unset(String name) {
    environment.remove(name);
    return this;
  }

  /** Stores the key that the stand-in for STS knows. */
  Jvault withKeyFor(String name) {
    addKey(name, KEY_ID, SECRET).ok();
    return this;
  }

  CommandResult addKey(String name, String id, String secret) {
    return run(
        Map.of("AWS_ACCESS_KEY_ID", id, "AWS_SECRET_ACCESS_KEY", secret),
        "add",
        "--env",
        "--replace",
        name);
  }

  CommandResult run(String... words) {
    return run(Map.of(), words);
  }

  /** Runs jvault and waits for its end. */
  CommandResult run(Map<String, String> more, String... words) {
    return finish(start(more, words), String.join(" ", words));
  }

  /** Starts jvault, in a session without a terminal. */
  Process start(Map<String, String> more, String... words) {
    var command = new ArrayList<>(List.of(program()));
    command.addAll(List.of(words));
    return startCommand(more, command);
  }

  /** Starts any command in this home's environment. */
  Process startCommand(Map<String, String> more, List<String> words) {
    var command = new ArrayList<>(List.of("setsid", "--wait"));
    command.addAll(words);
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CommandResult finish(Process process, String command) {
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(
            () -> text(process.getInputStream()), Thread::startVirtualThread);
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(
            () -> text(process.getErrorStream()), Thread::startVirtualThread);
    try {
      boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      var ran =
          new CommandResult(command, ended ? process.exitValue() : -1, within(out), within(err));
      assertThat(ended).as("it ends: " + ran).isTrue();
      return ran;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The process that holds the daemon's lock file, if it is alive. */
  Optional<ProcessHandle> daemon() {
    try {
      return DaemonLock.parse(Files.readString(folder().resolve("vault/daemon.lock")))
          .filter(DaemonLock::living)
          .flatMap(lock -> ProcessHandle.of(lock.pid()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** kill -9. */
  void killDaemon() {
    daemon()
        .ifPresent(daemon -> {
          daemon.destroyForcibly();
          await().until(() -> !daemon.isAlive());
        });
  }

  @Override
  public void close() {
    killDaemon();
    await().until(this::isDeleted);
  }

  /** Whether the home is deleted now; a process that is ending may still write into it. */
  private boolean isDeleted() throws IOException {
    if (Files.notExists(home)) {
      return true;
    }
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (DirectoryNotEmptyException | UncheckedIOException _) {
      return false;
    }
  }

  /** Fails if the output stays open after the process has ended: another process still holds it. */
  private static String within(CompletableFuture<String> text) {
    return text.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
