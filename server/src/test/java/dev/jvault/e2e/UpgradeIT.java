package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.vault.NewIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New versions come into the prefix from which a daemon runs. */
final class UpgradeIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path prefix;
  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void install() throws Exception {
    prefix = folder.resolve("pre fix");
    VersionTree.copy(prefix);
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = Jvault.withRootAndChild(sts);
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void noneOfFiftyClientsNoticesAnUpgradeHoweverItComes() throws Exception {
    jvault.unset("JVAULT_PASSPHRASE").set("JVAULT_KEY_COMMAND", NewIdentity.command());
    Map<String, String> container = serve();
    Path asking = Files.createFile(folder.resolve("asking"));
    List<Process> clients = new ArrayList<>();
    for (PollingClient client : List.of(PollingClient.BOTO3, PollingClient.JAVA)) {
      clients.add(jvault.startCommand(container, client.command(asking, 25)));
    }

    Path first = tree(1);
    VersionTree.run("sh", first + "/lib/jvault/current/install.sh", prefix.toString());
    awaitVersion(1);
    VersionTree.run("cp", "-r", tree(2) + "/.", prefix.toString());
    awaitVersion(2);
    Path archive = folder.resolve("third.tar");
    VersionTree.run("tar", "-C", tree(3).toString(), "-cf", archive.toString(), ".");
    VersionTree.run("tar", "-C", prefix.toString(), "-xf", archive.toString());
    awaitVersion(3);
    // Here, the new version comes without its pages, and the old one is gone before the handover.
    String fourth = VersionTree.other(4);
    VersionTree.run("cp", "-r", tree(4) + "/lib/jvault/" + fourth, versions().toString());
    switchTo(fourth);
    VersionTree.run("rm", "-rf", versions() + "/" + VersionTree.other(3));
    awaitVersion(4);

    assertThat(clients).as("all of it while they ask").allMatch(Process::isAlive);
    Files.delete(asking);
    assertThat(clients.stream().map(client -> jvault.finish(client, "a polling client")).toList())
        .allSatisfy(UpgradeIT::check);
    assertThat(sts.calls("AssumeRole")).as("sessions come from the vault").isEqualTo(1);
    assertThat(run("status", "--json").ok())
        .contains("\"version\": \"" + fourth + "\"")
        .doesNotContain("waits");
  }

  @Test
  void aDaemonWhoseSuccessorWouldBeLockedStaysAndSaysSo() throws Exception {
    Map<String, String> _ = serve();
    long daemon = jvault.daemon().orElseThrow().pid();

    VersionTree.run("sh", tree(1) + "/lib/jvault/current/install.sh", prefix.toString());

    VersionTree.run("rm", "-rf", versions() + "/" + VersionTree.packaged());
    String other = VersionTree.other(1);
    assertThat(run("status").ok())
        .contains("version " + other + " is installed; run `jvault restart` to use it");
    assertThat(run("status", "--json").ok())
        .contains("\"newerVersion\": \"" + other + "\"")
        .contains("\"newerVersionWaitsFor\": \"vault\"");
    assertThat(jvault.daemon().orElseThrow().pid()).isEqualTo(daemon);
    assertThat(run("restart").ok()).contains("has restarted");
    assertThat(run("status").ok()).contains("jvault " + other).doesNotContain("is installed");
  }

  @Test
  void aDaemonFollowsItselfIfTheNewVersionDoesNotStart() throws Exception {
    jvault.unset("JVAULT_PASSPHRASE").set("JVAULT_KEY_COMMAND", NewIdentity.command());
    Map<String, String> _ = serve();
    long daemon = jvault.daemon().orElseThrow().pid();
    Path broken = tree(1);
    String other = VersionTree.other(1);
    Path part = broken.resolve("lib/jvault").resolve(other).resolve("lib/jvm.bash");
    String text = Files.readString(part);
    Files.delete(part);
    // As long as before, because the list of files says how long it is.
    Files.writeString(
        part, ("echo error 8 fault broken; exit 8\n" + text).substring(0, text.length()));

    VersionTree.run("cp", "-r", broken + "/.", prefix.toString());

    await()
        .atMost(LONGEST)
        .until(() -> jvault.daemon().filter(one -> one.pid() != daemon).isPresent());
    assertThat(jvault.run("status").ok())
        .contains("jvault " + VersionTree.packaged())
        .contains("version " + other + " is installed; its daemon did not start");
  }

  private Path versions() {
    return prefix.resolve("lib/jvault");
  }

  private Path tree(int number) throws Exception {
    Path tree = folder.resolve("tree" + number);
    VersionTree.make(tree, VersionTree.other(number));
    return tree;
  }

  private void switchTo(String version) throws IOException {
    Path link = Files.createSymbolicLink(versions().resolve(".current"), Path.of(version));
    Files.move(link, versions().resolve("current"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The daemon runs from the folder of its version and answers: it has opened all its files. */
  private void awaitVersion(int number) throws IOException {
    String program = versions().toRealPath() + "/" + VersionTree.other(number) + "/";
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> {
          assertThat(jvault.daemon().flatMap(daemon -> daemon.info().command()))
              .hasValueSatisfying(command -> assertThat(command).startsWith(program));
          assertThat(run("status", "--json").out())
              .contains("\"version\": \"" + VersionTree.other(number) + "\"");
        });
  }

  private Map<String, String> serve() {
    jvault.withKeyFor("root");
    assertThat(jvault.run("stop").exit()).isZero();
    Map<String, String> printed = run("server", "--profile", "child", "--background").variables();
    assertThat(printed).containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    return printed;
  }

  /** Runs the command of the prefix. */
  private CommandResult run(String... words) {
    var command = new ArrayList<>(List.of(prefix + "/bin/jvault"));
    command.addAll(List.of(words));
    return jvault.finish(jvault.startCommand(Map.of(), command), String.join(" ", words));
  }

  /** The client prints how many requests succeeded, how many failed, and why. */
  private static void check(CommandResult ran) {
    String[] words = ran.ok().strip().split(" ", 3);
    assertThat(words[1]).as(ran.toString()).isEqualTo("0");
    assertThat(Integer.parseInt(words[0])).as(ran.toString()).isGreaterThan(20);
  }
}
