package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After kill -9 at any moment, nothing stored is lost and the next command works. */
final class CrashIT {
  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 10;

  /** Short, so that the daemon refreshes nearly all the time. */
  private static final Duration SESSION = Duration.ofSeconds(6);

  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), SESSION, InstantSource.system());
    jvault = Jvault.withRootAndChild(sts).withKeyFor("root");
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void killingTheDaemonLosesNoStoredKey() {
    var random = new Random(SEED);
    List<String> stored = new ArrayList<>(List.of("root"));
    for (int round = 0; round < ROUNDS; round++) {
      String name = "key" + round;
      List<Process> at =
          List.of(
              adding(name),
              jvault.start(Map.of(), "exec", "child", "--", "true"),
              jvault.start(Map.of(), "server", "--profile", "child", "--background"));
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1500)).toNanos());
      jvault.killDaemon();
      CommandResult added = jvault.finish(at.getFirst(), "add " + name);
      at.stream().skip(1).forEach(process -> jvault.finish(process, "beside"));
      if (added.exit() == 0) {
        stored.add(name);
      }
      String where = "round " + round + ", " + added;
      CommandResult list = jvault.run("list", "--credentials");
      assertThat(list.ok().lines()).as(where).containsAll(stored);
      CommandResult ran = jvault.run("exec", "child", "--", "echo", "went well");
      assertThat(ran.ok()).as(where).isEqualTo("went well\n");
    }
    assertThat(stored).as("some came through").hasSizeGreaterThan(1);
  }

  @Test
  void killingClientsLeavesTheDaemonServing() {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Process client =
          jvault.start(Map.of(), "exec", "child", "--region", "us-east-1", "--", "true");
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(300)).toNanos());
      client.descendants().forEach(ProcessHandle::destroyForcibly);
      client.destroyForcibly();
    }
    long daemon = jvault.daemon().orElseThrow().pid();
    assertThat(jvault.run("exec", "child", "--", "echo", "went well").ok())
        .isEqualTo("went well\n");
    assertThat(jvault.daemon().orElseThrow().pid()).isEqualTo(daemon);
  }

  @Test
  void killingAClientAtAPromptMovesThePromptToTheNextOne() throws IOException {
    String launcher = Path.of(Jvault.program()).toRealPath().toString();
    try (var terminal = new Tmux(jvault)) {
      String remove = "'" + Jvault.program() + "' remove root";
      terminal.type(remove).sees("[y/N]");
      ProcessHandle.allProcesses()
          .filter(process -> process.info().commandLine().orElse("").contains("client.Main remove"))
          .filter(process -> process.info().commandLine().orElse("").contains(launcher))
          .forEach(ProcessHandle::destroyForcibly);
      terminal.sees("Killed");
      terminal.clear().type(remove).sees("[y/N]").type("y").sees("Removed the key");
    }
    assertThat(jvault.run("list", "--credentials").ok()).isEmpty();
  }

  private Process adding(String name) {
    return jvault.start(
        Map.of("AWS_ACCESS_KEY_ID", Jvault.KEY_ID, "AWS_SECRET_ACCESS_KEY", Jvault.SECRET),
        "add",
        "--env",
        name);
  }
}
