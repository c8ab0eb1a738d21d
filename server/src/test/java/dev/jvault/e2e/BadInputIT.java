package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each mistake on this machine gives one sentence and the exit status of docs/exit-status.md. */
final class BadInputIT {
  private static final String CONFIG =
      """
      [profile dev]
      region = eu-west-1

      [profile with-mfa]
      source_profile = dev
      role_arn = arn:aws:iam::222222222222:role/Developer
      mfa_serial = arn:aws:iam::123456789012:mfa/me

      [profile keyless]
      region = eu-west-1

      [profile here]
      source_profile = there
      role_arn = arn:aws:iam::222222222222:role/Developer

      [profile there]
      source_profile = here
      role_arn = arn:aws:iam::222222222222:role/Developer
      """;

  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = new Jvault(CONFIG).set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void unusableProfiles() throws IOException {
    jvault.withKeyFor("dev");
    jvault.run("exec", "dve", "--", "true").refused(3, "\"dve\"", "did you mean dev?");
    jvault.run("exec", "zzz", "--", "true").refused(3, "\"zzz\"", "jvault list");
    jvault.run("exec", "default", "--", "true").refused(3, "default");
    jvault.run("exec", "keyless", "--", "true").refused(3, "keyless", "jvault add keyless");
    jvault.run("exec", "here", "--", "true").refused(3, "here", "there", "loop");
    jvault.run("remove", "--force", "zzz").refused(3, "zzz");
    jvault.run("exec", "", "--", "true").refused(2, "empty");
    jvault.run("exce", "dev").refused(2, "exec");
    jvault.run("exec", "--durration", "1h", "dev").refused(2, "--duration");

    Files.writeString(jvault.config(), CONFIG + "[profile broken\nregion = x\n");
    jvault.run("exec", "broken", "--", "true").refused(3, jvault.config().toString());
    Files.writeString(jvault.config(), CONFIG + "[profile odd]\nrole_arn = nonsense\n");
    jvault
        .run("exec", "odd", "--", "true")
        .refused(3, "role_arn", jvault.config() + ":" + (CONFIG.lines().count() + 2));
    assertThat(jvault.run("exec", "dev", "--", "echo", "unharmed").ok()).isEqualTo("unharmed\n");
  }

  @Test
  void unusableCommands() throws IOException {
    jvault.withKeyFor("dev");
    Path file = Files.writeString(jvault.home().resolve("no-program"), "text");
    for (String way : new String[] {"cold", "warm"}) {
      jvault.run("exec", "dev", "--", "no-such-command").refused(127, "no-such-command");
      jvault.run("exec", "dev", "--", "/no/such").refused(127, "/no/such");
      jvault.run("exec", "dev", "--", file.toString()).refused(126, file.toString());
      jvault.run("exec", "dev", "--", jvault.home().toString()).refused(126, "folder");
      CommandResult status = jvault.run("exec", "dev", "--", "sh", "-c", "exit 42");
      assertThat(status.exit()).as(way).isEqualTo(42);
    }
  }

  @Test
  @Attack("passphrase")
  void aWrongOrMissingPassphrase() throws IOException {
    jvault.withKeyFor("dev");
    jvault.run("stop").ok();
    jvault
        .run(Map.of("JVAULT_PASSPHRASE", "wrong"), "exec", "dev", "--", "true")
        .refused(4, "JVAULT_PASSPHRASE does not open the vault");
    jvault
        .run(Map.of("JVAULT_PASSPHRASE", ""), "exec", "dev", "--", "true")
        .refused(5, "passphrase");
    Path file = Files.writeString(jvault.home().resolve("passphrase"), Jvault.PASSPHRASE + "\n");
    CommandResult ran =
        jvault.run(
            Map.of("JVAULT_PASSPHRASE", "", "JVAULT_PASSPHRASE_FILE", file.toString()),
            "exec",
            "dev",
            "--",
            "echo",
            "open");
    assertThat(ran.ok()).isEqualTo("open\n");
  }

  @Test
  @Attack("own-files")
  void theHomeOfAnotherUser() throws IOException {
    Path home = Files.createDirectory(jvault.home().resolve("theirs"));
    Files.setAttribute(home, "unix:uid", 65_534);
    Map<String, String> theirs = Map.of("HOME", home.toString(), "JVAULT_HOME", "");
    for (String verb : new String[] {"status", "server", "log"}) {
      jvault.run(theirs, verb);
    }
    jvault
        .run(theirs, "list")
        .refused(1, "HOME is " + home, "belongs to another user", "sudo -H", "JVAULT_HOME");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  @Attack("own-files")
  void anUntrustedVault() throws IOException {
    jvault.withKeyFor("dev");
    jvault.run("stop").ok();
    Path keys = jvault.folder().resolve("vault/keys.age");
    byte[] whole = Files.readAllBytes(keys);

    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    jvault.run("list").refused(4, "keys.age", "chmod");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));

    try (var file = Files.newByteChannel(keys, StandardOpenOption.WRITE)) {
      file.truncate(whole.length / 2);
    }
    jvault.run("exec", "dev", "--", "true").refused(4, "keys.age");
    jvault.run("add", "--env", "dev").refused(2, "AWS_ACCESS_KEY_ID");
    assertThat(keys).hasSize(whole.length / 2);

    Files.write(keys, whole);
    assertThat(jvault.run("exec", "dev", "--", "echo", "whole").ok()).isEqualTo("whole\n");
  }

  @Test
  void aSecondDaemonAndAKilledOne() {
    jvault.withKeyFor("dev");
    long pid = jvault.daemon().orElseThrow().pid();
    jvault.run("server").refused(8, "already running (pid " + pid + ")");
    jvault.killDaemon();
    assertThat(jvault.folder().resolve("run/control.sock")).exists();
    assertThat(jvault.run("status").ok()).contains("not running");
    assertThat(jvault.run("exec", "dev", "--", "echo", "again").ok()).isEqualTo("again\n");
    assertThat(jvault.daemon().orElseThrow().pid()).isNotEqualTo(pid);
  }

  @Test
  void aPortInUse() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(socket.getLocalPort());
      jvault
          .run("server", "--background", "--port", port)
          .refused(8, "Port " + port + " is taken", "pid " + ProcessHandle.current().pid());
    }
    jvault.run("server", "--port", "70000").refused(2, "65535");
  }

  @Test
  void aSocketPathThatIsTooLong() throws IOException {
    Path deep = Files.createDirectory(jvault.home().resolve("x".repeat(100)));
    Map<String, String> there = Map.of("JVAULT_HOME", deep.toString());
    jvault.run(there, "server", "--background").ok();
    assertThat(jvault.run(there, "status").ok()).contains("has been running");
    assertThat(jvault.run(there, "stop").ok()).contains("has stopped");
  }

  @Test
  void aPromptWithoutATerminal() {
    jvault.withKeyFor("dev");
    jvault.unset("JVAULT_PASSPHRASE");
    jvault.run("exec", "with-mfa", "--", "true").refused(5, "MFA", "mfa/me", "--mfa-token");
    jvault.run("add", "other").refused(5, "--env");
    jvault.run("remove", "dev").refused(5, "--force");
    jvault.run("recovery-key").refused(5, "terminal");
    String key = jvault.run("exec", "--mfa-token", "123456", "with-mfa", "--", "env").ok();
    assertThat(key).contains("JVAULT_PROFILE=with-mfa");
  }
}
