package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.client.InstalledTree.Result;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code jvault link-local} with the real launcher, ip and nft, in its own network namespace. The
 * user is {@code nobody}, and another user is {@code daemon}. Needs root.
 */
final class LinkLocalIT {
  private static final int USER = 65_534;
  private static final int OTHER = 1;
  private static final List<String> HOSTS =
      List.of("169.254.169.254", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

  @TempDir Path folder;
  private InstalledTree tree;
  private FakeDaemon daemon;
  private NetworkNamespace namespace;

  @BeforeEach
  void enter() throws IOException {
    assertThat(ClientRun.uid()).as("only root can make these namespaces").isZero();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    tree = new InstalledTree(folder);
    installClient();
    daemon = new FakeDaemon(tree.home);
    try (Stream<Path> files = Files.walk(tree.home)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", USER);
      }
    }
    tree.environment().put("SUDO_UID", Integer.toString(USER));
    namespace = new NetworkNamespace();
  }

  @AfterEach
  void leave() {
    namespace.close();
    daemon.close();
  }

  @Test
  @Attack("link-local")
  void redirectsOnlyTheUsersProgramsToTheDaemon() {
    standIn(9171, 9170, "127.0.0.1", "::1");
    assertThat(up(9171, 9170)).isEqualTo(0);

    assertThat(daemon.requests()).anyMatch(r -> r.contains("/verbs/link-local profile=dev"));
    assertThat(HOSTS.stream().map(host -> curl(USER, host)))
        .containsExactly("GET imds", "GET endpoint", "GET endpoint", "GET endpoint");
    // curl's exit status 7: connection refused.
    assertThat(HOSTS.stream().map(host -> curl(OTHER, host))).containsOnly("status 7");
    assertThat(HOSTS.stream().map(host -> curl(0, host))).containsOnly("status 7");
  }

  @Test
  void restoresTheSystem() {
    run("nft", "add table inet keep { chain c { ip saddr 10.0.0.1 drop; }; }");
    String before = system();
    up(9171, 9170);
    assertThat(system()).isNotEqualTo(before);

    Result down = jvault("down");
    assertThat(down.exit()).as(down.error()).isZero();
    assertThat(down.out()).isEqualTo("The addresses no longer answer.\n");
    assertThat(system()).isEqualTo(before);
    assertThat(jvault("down").out()).isEqualTo("jvault link-local is not set up.\n");
    assertThat(system()).isEqualTo(before);
  }

  @Test
  void canRunAgainAndFollowsANewPort() {
    up(9171, 9170);
    String once = system();
    assertThat(up(9171, 9170)).isZero();
    assertThat(system()).isEqualTo(once);

    assertThat(up(9172, 9170)).isZero();
    assertThat(system()).isEqualTo(once.replace(":9171", ":9172"));
  }

  @Test
  void repairsAndRemovesAPartialSetup() {
    String before = system();
    up(9171, 9170);
    String whole = system();
    run("ip", "route", "del", "local", "169.254.170.2/32", "dev", "lo");
    up(9171, 9170);
    assertThat(system().lines()).containsExactlyInAnyOrderElementsOf(whole.lines().toList());

    run("nft", "delete", "table", "inet", "jvault_" + USER);
    assertThat(jvault("down").exit()).isZero();
    assertThat(system()).isEqualTo(before);
  }

  @Test
  @Attack("link-local")
  void keepsTheRoutesForAnotherUser() {
    String before = system();
    up(9171, 9170);
    run("nft", "add", "table", "inet", "jvault_" + OTHER);
    jvault("down");
    assertThat(system()).contains("local 169.254.169.254 dev lo").doesNotContain("jvault_" + USER);

    tree.environment().put("SUDO_UID", Integer.toString(OTHER));
    jvault("down");
    assertThat(system()).isEqualTo(before);
  }

  @Test
  void printsTheCommandsOfADryRunWithoutRoot() {
    String before = system();
    ports(9171, 9170);
    Result asUser = asUser("up", "--dry-run", "dev");
    ports(9171, 9170);
    Result asRoot = jvault("up", "--dry-run", "dev");

    assertThat(asUser.exit()).as(asUser.error()).isZero();
    assertThat(asUser.out()).isEqualTo(asRoot.out()).contains("redirect to :9171\n");
    assertThat(system()).isEqualTo(before);

    // The printed commands are those that it runs: in a shell they lead to the same state.
    run("sh", "-ec", asRoot.out());
    String byHand = system();
    String undo = jvault("down", "--dry-run").out();
    assertThat(system()).isEqualTo(byHand);
    jvault("down");
    up(9171, 9170);
    assertThat(system()).isEqualTo(byHand);
    run("sh", "-ec", undo);
    assertThat(system()).isEqualTo(before);
  }

  @Test
  void showsWhatIsSetUpAndWhatAnswers() {
    assertThat(jvault("status").out()).contains("169.254.169.254  EC2 metadata  no     no ");
    up(9171, 9170);
    assertThat(jvault("status").out())
        .contains("169.254.169.254  EC2 metadata  yes    to port 9171  no\n");

    standIn(9171, 9170, "127.0.0.1", "::1");
    assertThat(jvault("status").out())
        .isEqualTo(
            """
            ADDRESS          SERVICE       ROUTE  RULE          ANSWERS
            169.254.169.254  EC2 metadata  yes    to port 9171  yes
            169.254.170.2    ECS           yes    to port 9170  yes
            169.254.170.23   EKS           yes    to port 9170  yes
            fd00:ec2::23     EKS           yes    to port 9170  yes
            """);
    Result asUser = asUser("status");
    assertThat(asUser.exit()).isZero();
    assertThat(asUser.out())
        .contains("169.254.169.254  EC2 metadata  yes    ?             yes\n")
        .contains("Only root can read the rules");
  }

  @Test
  void worksWithoutIpv6() {
    run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6");
    String before = system();
    standIn(9171, 9170, "127.0.0.1");

    assertThat(up(9171, 9170)).isZero();
    assertThat(curl(USER, HOSTS.get(1))).isEqualTo("GET endpoint");
    jvault("down");
    assertThat(system()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nft add table ip nat { chain OUTPUT { type nat hook output priority -100; "
            + "ip daddr 169.254.170.2 tcp dport 80 redirect to :51679; }; }",
        "ip addr add 169.254.169.254/24 dev lo label lo:0",
        "ip route add unreachable 169.254.170.23",
      })
  @Attack("link-local")
  void refusesAddressesThatAnotherProgramUses(String other) {
    run("sh", "-c", other.startsWith("nft") ? "nft '" + other.substring(4) + "'" : other);
    refused("Another program uses 169.254.1");
  }

  @Test
  void refusesIfARealMetadataServiceAnswers() {
    run("ip", "route", "add", "local", "169.254.0.0/16", "dev", "lo");
    namespace.background(
        "python3",
        "-c",
        "import socket; s=socket.create_server(('0.0.0.0', 80)); print('ready', flush=True)\n"
            + "while True: s.accept()");
    refused("Something that is not jvault already answers");
  }

  @Test
  void refusesWithoutNft() {
    run("mount", "--bind", "/dev/null", run("sh", "-c", "command -v nft").out().strip());
    String before = addresses();
    Result result = jvault("up", "dev");
    assertThat(result.error())
        .contains("The program nft is not installed; install the package nftables");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(addresses()).isEqualTo(before);
  }

  @Test
  void refusesWithoutRoot() {
    for (String[] words : List.of(new String[] {"up", "dev"}, new String[] {"down"})) {
      Result result = asUser(words);
      assertThat(result.error()).contains("run `sudo jvault link-local " + words[0]);
      assertThat(result.error()).hasLineCount(1);
      assertThat(result.exit()).isEqualTo(2);
    }
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void passesOnTheDaemonsRefusal() {
    String before = system();
    daemon.then(3, "There is no profile dev.", "");
    Result result = jvault("up", "dev");

    assertThat(result.error()).isEqualTo("jvault: There is no profile dev.\n");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(system()).isEqualTo(before);
  }

  @Test
  @Attack("link-local")
  void acceptsNothingButTwoPortsFromTheUser() {
    String before = system();
    daemon.then(0, "", "imds 9171; flush ruleset\nendpoint 9170\n");
    Result result = jvault("up", "dev");

    assertThat(result.error()).contains("did not report its two ports");
    assertThat(result.exit()).isEqualTo(8);
    assertThat(system()).isEqualTo(before);
  }

  @Test
  void undoesTheRoutesIfTheRulesFail() throws IOException {
    String before = system();
    Path broken = folder.resolve("nft");
    Path real = Path.of(run("sh", "-c", "command -v nft").out().strip());
    Path copy = Files.copy(real, folder.resolve("nft-real"));
    InstalledTree.executable(copy);
    InstalledTree.write(
        broken,
        "#!/bin/sh\n[ $1 != -f ] || { echo out of order; exit 1; }\nexec " + copy + " \"$@\"\n");
    InstalledTree.executable(broken);
    run("mount", "--bind", broken.toString(), real.toString());
    ports(9171, 9170);
    Result result = jvault("up", "dev");

    assertThat(result.error())
        .isEqualTo("jvault: `nft -f -` failed (out of order); nothing has been changed.\n");
    assertThat(result.exit()).isEqualTo(1);
    run("umount", real.toString());
    assertThat(system()).isEqualTo(before);
  }

  @Test
  @Attack("link-local")
  void createsNothingInTheHomeOfRoot() {
    Path home = folder.resolve("root-home");
    assertThat(home.toFile().mkdir()).isTrue();
    tree.environment().put("HOME", home.toString());
    up(9171, 9170);
    jvault("status");
    jvault("down");
    assertThat(home).isEmptyDirectory();
  }

  private void refused(String sentence) {
    String before = system();
    Result result = jvault("up", "dev");
    assertThat(result.error()).startsWith("jvault: " + sentence).hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(system()).isEqualTo(before);
    assertThat(daemon.requests()).isEmpty();
  }

  private int up(int imds, int endpoint) {
    ports(imds, endpoint);
    Result result = jvault("up", "dev");
    assertThat(result.error()).isEmpty();
    assertThat(result.out())
        .startsWith("169.254.169.254 now answers with the EC2 metadata of dev, and 169.254.170.2")
        .contains("user nobody only", "until the next boot or `sudo jvault link-local down`");
    return result.exit();
  }

  private void ports(int imds, int endpoint) {
    daemon.then(0, "", "imds " + imds + "\nendpoint " + endpoint + "\n");
  }

  private void standIn(int imds, int endpoint, String... addresses) {
    String classes = Path.of("target/test-classes").toAbsolutePath().toString();
    var words = new ArrayList<>(List.of(java(), "-cp", classes));
    words.add(StandInEndpoints.class.getName());
    words.addAll(List.of(Integer.toString(imds), Integer.toString(endpoint)));
    words.addAll(List.of(addresses));
    namespace.background(words.toArray(String[]::new));
  }

  private String curl(int uid, String host) {
    Result result =
        run(
            "setpriv",
            "--reuid=" + uid,
            "--regid=" + uid,
            "--clear-groups",
            "curl",
            "-sgm5",
            "http://" + host + "/");
    return result.exit() == 0 ? result.out() : "status " + result.exit();
  }

  /** Everything that link-local may change. */
  private String system() {
    return addresses() + run("nft", "list", "ruleset").out();
  }

  private String addresses() {
    return run("ip", "addr").out()
        + run("ip", "-4", "route", "show", "table", "all").out()
        + run("ip", "-6", "route", "show", "table", "all").out();
  }

  private Result jvault(String... words) {
    var command = new ArrayList<>(List.of(tree.launcher().toString(), "link-local"));
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  private Result asUser(String... words) {
    var command = new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER));
    command.addAll(List.of("--clear-groups", tree.launcher().toString(), "link-local"));
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  private Result run(String... command) {
    return tree.finish(namespace.enter(command), "");
  }

  /** Copies the client's classes to where every user can read them. */
  private void installClient() throws IOException {
    tree.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    Path java = tree.lib.resolve("runtime/bin/java");
    InstalledTree.write(java, "#!/bin/sh\nexec '" + java() + "' \"$@\"\n");
    Path target = Files.createDirectories(tree.lib.resolve("client"));
    var list = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path from = Path.of(entry);
      if (from.endsWith("classes") || entry.matches(".*/(jvault-client|commons-cli)-[^/]*")) {
        copy(from, target.resolve(from.getFileName().toString()));
        list.add("client/" + from.getFileName());
      }
    }
    InstalledTree.write(tree.lib.resolve("client.jars"), String.join("\n", list) + "\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }
}
