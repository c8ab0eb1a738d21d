package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.OwnUid;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Another process of the same user tries to read the memory of the daemon and of a client. The user
 * is not root, because root can read everything.
 */
final class MemoryIT {
  private Jvault jvault;
  private OtherUser user;

  @BeforeEach
  void start() {
    jvault = new Jvault("");
    user = new OtherUser(jvault, 65_533);
    user.give(jvault.home());
    user.run(
            Map.of("AWS_ACCESS_KEY_ID", Jvault.KEY_ID, "AWS_SECRET_ACCESS_KEY", Jvault.SECRET),
            Jvault.program(),
            "add",
            "--env",
            "--no-check",
            "main")
        .ok();
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  @Attack("closed-memory")
  void theMemoryOfTheDaemonIsClosedToItsOwnUser() throws IOException {
    isClosed(jvault.daemon().orElseThrow());
  }

  @Test
  void theDaemonStillKnowsItsUser() {
    assertThat(user.run(Jvault.program(), "list", "--credentials").ok()).contains("main");
    assertThat(user.run(Jvault.program(), "status").ok()).contains("unlocked");
  }

  @Test
  @Attack("closed-memory")
  void theMemoryOfAClientAtAPromptIsClosedToItsOwnUser() throws IOException {
    try (var terminal = new Tmux(jvault)) {
      String remove =
          "'" + String.join("' '", user.words(Jvault.program(), "remove", "main")) + "'";
      terminal.type(remove).sees("[y/N]");
      isClosed(client("remove").orElseThrow());
      terminal.type("n").sees("ready>");
    }
  }

  private void isClosed(ProcessHandle process) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    assertThat(OwnUid.of(folder.resolve("mem"))).isZero();
    for (String file : List.of("mem", "environ", "maps", "smaps", "auxv")) {
      assertThat(user.run("cat", folder.resolve(file).toString()).err())
          .as(file)
          .contains("Permission denied");
    }
    assertThat(user.run("ls", folder.resolve("fd").toString()).err()).contains("Permission denied");
    // The same user can read an ordinary process, so the reason is not the user.
    Process ordinary = jvault.startCommand(Map.of(), user.words("sleep", "60"));
    try {
      Path environment = Path.of("/proc", Long.toString(sleeping().pid()), "environ");
      assertThat(user.run("cat", environment.toString()).ok()).contains("JVAULT_HOME=");
    } finally {
      ordinary.descendants().forEach(ProcessHandle::destroyForcibly);
      ordinary.destroyForcibly();
    }
  }

  private ProcessHandle sleeping() {
    return await().until(() -> child("sleep 60"), Optional::isPresent).orElseThrow();
  }

  private Optional<ProcessHandle> client(String verb) {
    return child("client.Main " + verb);
  }

  /** The process of our user that has this text in its command line. */
  private Optional<ProcessHandle> child(String text) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(text))
        .filter(process -> user.run("kill", "-0", "" + process.pid()).exit() == 0)
        .findFirst();
  }
}
