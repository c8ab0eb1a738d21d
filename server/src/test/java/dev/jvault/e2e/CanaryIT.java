package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.OwnUid;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants secrets and searches for them in all places where they must not be. */
final class CanaryIT {
  private static final String CODE = "483920";

  /** Long enough not to occur by chance in other base64, as the code alone would. */
  private static final List<String> CANARIES = List.of(Jvault.SECRET, Jvault.PASSPHRASE);

  private StandInSts sts;
  private Jvault jvault;
  private final List<CommandResult> all = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1
            mfa_serial = arn:aws:iam::123456789012:mfa/me

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer

            [profile broken]
            source_profile = root
            role_arn = nonsense
            """);
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  @Attack({"no-secret-in-processes", "nothing-lying-around", "nothing-in-plain"})
  void secretsAreInNoFileLogProcessOrOutput() throws IOException {
    all.add(jvault.addKey("root", Jvault.KEY_ID, Jvault.SECRET));
    all.add(jvault.addKey("spare", Jvault.KEY_ID, "short"));
    run("exec", "--debug", "--mfa-token", CODE, "child", "--", "true");
    run("exec", "--debug", "--mfa-token", CODE, "broken", "--", "true");
    run("exec", "child", "--", "env");
    run("--debug", "exec", "--env", "child", "--", "true");
    run("--debug", "credential-process", "broken");
    run("--debug", "status");
    run("exec", "--bind", "child", "--", "env");
    run("exec", "--env", "child", "--", "env");
    run("exec", "--no-session", "root", "--", "true");
    run("log", "--audit");
    run("log", "--audit", "--json");
    run("list");
    run("list", "--json");
    run("list", "--sessions");
    run("status");
    run("status", "--json");
    run("env", "child");
    run("server", "--profile", "child", "--background");
    all.add(jvault.run(Map.of("JVAULT_PASSPHRASE", "wrong"), "list"));
    run("recovery-key");
    run("help", "add");
    Process held =
        jvault.start(Map.of("JVAULT_PASSPHRASE", ""), "exec", "child", "--", "sleep", "60");
    searchProcesses();
    held.descendants().forEach(ProcessHandle::destroyForcibly);
    held.destroyForcibly();
    run("clear");
    run("remove", "--force", "spare");
    run("stop");

    searchFiles(jvault.home());
    assertThat(Files.readString(jvault.log()))
        .doesNotContain(CODE, "Authorization:", "SecretAccessKey");
    assertThat(Files.readString(jvault.log().resolveSibling("audit.log")))
        .contains("\"exec-env\"", "\"no-session\"", Jvault.KEY_ID)
        .doesNotContain(CODE);
    for (CommandResult ran : all) {
      assertThat(ran.out() + ran.err())
          .as(ran.command())
          .doesNotContain(CANARIES)
          .doesNotContain(CODE, "AGE-SECRET-KEY");
    }
  }

  @Test
  @Attack("removed-is-gone")
  void removedSecretsAreGoneFromEveryFileAndBackup() throws IOException {
    jvault.addKey("other", Jvault.KEY_ID, "another/Secret/that/stays/0123456789abcd").ok();
    jvault.withKeyFor("root");
    run("exec", "--mfa-token", CODE, "child", "--", "true");
    Path identity = recoveryKey();
    Path vault = jvault.folder().resolve("vault");
    assertThat(decrypted(identity, vault.resolve("keys.age"))).contains(Jvault.SECRET);
    assertThat(decrypted(identity, vault.resolve("sessions.age"))).contains("Developer");

    jvault.run("remove", "--force", "root").ok();
    jvault.run("stop").ok();
    List<String> opened = new ArrayList<>();
    try (Stream<Path> files = Files.list(vault)) {
      for (Path file : files.filter(file -> file.toString().contains(".age")).toList()) {
        if (!file.getFileName().toString().startsWith("identity")) {
          opened.add(file.getFileName().toString());
          assertThat(decrypted(identity, file))
              .as(file.toString())
              .doesNotContain(Jvault.SECRET, "Developer", "\"root\"");
        }
      }
    }
    assertThat(opened).contains("keys.age", "keys.age.bak", "sessions.age");
    assertThat(decrypted(identity, vault.resolve("keys.age"))).contains("another/Secret");
  }

  private void run(String... words) {
    all.add(jvault.run(words));
  }

  private void searchFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(spellings());
        assertThat(file.toString()).doesNotContain(CANARIES);
      }
    }
  }

  private void searchProcesses() throws IOException {
    List<Path> processes;
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      processes = all.filter(path -> path.getFileName().toString().matches("[0-9]+")).toList();
    }
    int ours = 0;
    for (Path process : processes) {
      String environment = text(process.resolve("environ"));
      if (environment.contains(jvault.home().toString())) {
        ours++;
        assertThat(environment).as(text(process.resolve("cmdline"))).doesNotContain(spellings());
      }
      assertThat(text(process.resolve("cmdline"))).doesNotContain(CANARIES).doesNotContain(CODE);
    }
    // The daemon's are closed to its own user.
    int readable = OwnUid.get() == 0 ? 2 : 1;
    assertThat(ours).as("the daemon and the command").isGreaterThanOrEqualTo(readable);
  }

  /** The secrets in plain text, and in base64 at each of the three possible offsets. */
  private static List<String> spellings() {
    List<String> spellings = new ArrayList<>(CANARIES);
    for (String canary : CANARIES) {
      for (int before = 0; before < 3; before++) {
        byte[] shifted = ("x".repeat(before) + canary).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(shifted);
        spellings.add(encoded.substring(4, encoded.length() - 4));
      }
    }
    return spellings;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // The process has ended.
      return "";
    }
  }

  private Path recoveryKey() throws IOException {
    try (var terminal = new Tmux(jvault)) {
      terminal.type("'" + Jvault.program() + "' recovery-key").sees("[y/N]");
      String screen = terminal.type("y").sees("AGE-SECRET-KEY-1").screen();
      String key = screen.replaceFirst("(?s).*(AGE-SECRET-KEY-1[A-Z0-9]+).*", "$1");
      return Files.writeString(jvault.home().resolve("identity"), key + "\n");
    }
  }

  private String decrypted(Path identity, Path file) {
    List<String> age = List.of("age", "-d", "-i", identity.toString(), file.toString());
    return jvault.finish(jvault.startCommand(Map.of(), age), "age").ok();
  }
}
