package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs up, down and status on Linux, with fake system commands. */
final class LinkLocalTest {
  private static final String AS_ALICE =
      "setpriv --reuid=1000 --regid=100 --init-groups --inh-caps=-all /opt/jvault link-local ";
  private static final String ROUTE_OF_IMDS =
      "local 169.254.169.254 dev lo table local scope host \n";

  @TempDir Path folder;
  private final FakeCommands commands = new FakeCommands();
  private final FakeAddressProbe probe = new FakeAddressProbe();
  private final Map<String, String> environment = new HashMap<>(Map.of("SUDO_UID", "1000"));
  private long uid;

  @BeforeEach
  void prepare() throws IOException {
    ipv6("0");
    commands.prints(AS_ALICE + "ports", "imds 9171\nendpoint 9170\n");
  }

  @Test
  void saysWhatNowAnswersForWhomAndForHowLong() {
    commands.prints("ip -4 route show table all to exact 169.254.169.254", ROUTE_OF_IMDS);
    commands.prints(
        "ip -6 route show", "local fd00:ec2::23 dev lo table local metric 1024 pref medium\n");
    commands.prints(
        "ip -4 route show table all to exact 169.254.170.2/",
        "local 169.254.170.2 dev lo table local scope host \n");

    assertThat(linkLocal().up("dev", false))
        .isEqualTo(
            new LinkLocal.Report(
                0,
                """
                169.254.169.254 now answers with the EC2 metadata of dev, and 169.254.170.2 (ECS), \
                169.254.170.23 (EKS) and [fd00:ec2::23] (EKS) ask for a token of jvault, all on port 80 and for \
                programs of the user alice only.
                This lasts until the next boot or `sudo jvault link-local down`.
                """));
    assertThat(commands.changes)
        .hasSize(2)
        .contains("ip -4 route add local 169.254.170.23/32 dev lo");
  }

  @Test
  @Attack("link-local")
  void asksTheUsersDaemonAsTheUserInANewEnvironment() {
    environment.put("PATH", "/evil");
    environment.put("HOME", "/root");
    environment.put("LD_PRELOAD", "/evil.so");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("JVAULT_PASSPHRASE", "secret");
    environment.put("AWS_CONFIG_FILE", "/aws/config");
    environment.put("JVAULT_HOME", "relative");
    linkLocal().up("a b'; rm", true);

    assertThat(commands.attended)
        .containsExactly(
            "setpriv",
            "--reuid=1000",
            "--regid=100",
            "--init-groups",
            "--inh-caps=-all",
            "/opt/jvault",
            "link-local",
            "ports",
            "--",
            "a b'; rm");
    var environmentOfDaemon = new HashMap<>(commands.attendedEnvironment);
    environmentOfDaemon.keySet().removeAll(Set.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"));
    assertThat(environmentOfDaemon)
        .isEqualTo(
            Map.of(
                "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME", "/home/alice",
                "USER", "alice",
                "LOGNAME", "alice",
                "AWS_CONFIG_FILE", "/aws/config",
                "JVAULT_HOME", Path.of("relative").toAbsolutePath().toString()));
  }

  @Test
  void becomesTheUserBySudoWithoutSetpriv() {
    commands.missing.add("setpriv");
    commands.prints("sudo -u #1000 -- /usr/bin/env -i HOME=", "imds 1\nendpoint 2\n");

    assertThat(linkLocal().up("dev", true).text()).contains("redirect to :1\n");
  }

  @Test
  void servesRootItselfWithoutSudo() {
    environment.clear();
    commands.prints("getent passwd 0", "root:x:0:0:root:/root:/bin/bash\n");
    commands.prints("setpriv --reuid=0 --regid=0", "imds 1\nendpoint 2\n");

    assertThat(linkLocal().up("dev", true).text()).contains("meta skuid 0 ");
  }

  @Test
  void refusesAMalformedUserId() {
    for (String bad : new String[] {"x", "-1", "4294967295", "99999999999", "1;2"}) {
      environment.put("SUDO_UID", bad);
      refused(ExitCode.FAULT, "SUDO_UID is not a user id");
    }
    environment.put("SUDO_UID", "77");
    refused(ExitCode.FAULT, "The system knows no user with the id 77");
  }

  @Test
  void ignoresSudoUidWithoutRoot() {
    uid = 1001;

    assertThat(linkLocal().up("dev", true).text()).contains("jvault_1001");
  }

  @Test
  void needsRootExceptForADryRun() {
    uid = 1000;
    refused(ExitCode.USAGE, "run `sudo jvault link-local up dev`, or add --dry-run");
    assertThatThrownBy(() -> linkLocal().down(false)).hasMessageContaining("link-local down`");

    assertThat(linkLocal().up("dev", true).text()).contains("redirect to :7171");
    assertThat(linkLocal().down(true).text()).contains("delete table inet jvault_1000");
  }

  @Test
  void namesThePackageOfAMissingProgram() {
    commands.missing.add("nft");
    refused(ExitCode.FAULT, "install the package nftables (Debian) or nftables (Fedora).");
    commands.missing.add("ip");
    refused(ExitCode.FAULT, "install the package iproute2 (Debian) or iproute (Fedora).");
  }

  @Test
  void refusesAnAddressOfAnInterface() {
    commands.prints(
        "ip -o addr show to 169.254.169.254",
        "1: lo    inet 169.254.169.254/24 scope global lo:0\\       valid_lft forever\n");

    refused(
        ExitCode.FAULT,
        "Another program uses 169.254.169.254 already (it is an address of the interface lo); stop"
            + " it or undo that (`ip -o addr show to 169.254.169.254/32` shows it), then try"
            + " again.");
  }

  @Test
  void refusesARouteThatIsNotOurs() {
    String show = "ip -4 route show table all to exact 169.254.170.23/32";
    commands.prints(show, "169.254.170.23 via 10.0.0.2 dev eth0 proto dhcp \n");
    refused(ExitCode.FAULT, "it has a route of its own");
    commands.prints(show, "local 169.254.170.23 dev lo table local proto kernel scope host \n");
    refused(ExitCode.FAULT, "it has a route of its own");
  }

  @Test
  void refusesRulesOfAnotherProgram() throws IOException {
    commands.prints("nft -n list ruleset", "table ip nat {\n ip daddr 169.254.170.2 drop\n}\n");
    refused(ExitCode.FAULT, "(rules in the table ip nat); stop it or undo that (`sudo nft list");

    commands.prints("nft -n list ruleset", "");
    commands.prints("iptables-legacy-save", "-A OUTPUT -d 169.254.170.2/32 -j REDIRECT\n");
    assertThat(linkLocal().up("dev", true).exit()).isZero();
    commands.attended = List.of();
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(folder.resolve("net/ip_tables_names"), "nat\n");
    refused(ExitCode.FAULT, "(rules of iptables)");
  }

  @Test
  void refusesAnAddressThatAnswers() {
    probe.answering.add(LinkLocalAddress.IMDS);
    refused(ExitCode.FAULT, "Something that is not jvault already answers");

    commands.prints("ip -4 route show table all to exact 169.254.169.254", ROUTE_OF_IMDS);
    assertThat(linkLocal().up("dev", false).exit()).isZero();
  }

  @Test
  void doesNotRefuseItsOwnRules() {
    probe.answering.add(LinkLocalAddress.IMDS);
    commands.prints(
        "nft -n list ruleset",
        "table inet jvault_1000 {\n ip daddr 169.254.169.254 tcp dport 80 redirect to :1\n}\n");

    assertThat(linkLocal().up("dev", false).exit()).isZero();
  }

  @Test
  void reportsThatTheUserCannotRunIt() {
    commands.answers(AS_ALICE + "ports", 126, "");

    assertThatThrownBy(() -> linkLocal().up("dev", false))
        .hasMessage(
            "The user alice cannot run /opt/jvault; install jvault where all users can read it.");
  }

  @Test
  void endsWithTheDaemonsExitStatus() {
    commands.fails(AS_ALICE + "ports", "");

    assertThat(linkLocal().up("dev", false)).isEqualTo(new LinkLocal.Report(2, ""));
    assertThat(commands.changes).isEmpty();
  }

  @Test
  void showsUnknownForRulesThatItMayNotRead() throws IOException {
    ipv6("1");
    uid = 1000;
    commands.prints("ip -4 route show table all to exact 169.254.169.254", ROUTE_OF_IMDS);

    assertThat(linkLocal().status(true).text())
        .isEqualTo(
            """
            [{"address":"169.254.169.254","service":"EC2 metadata","route":true,"rule":null,"port":null,"answers":true},
             {"address":"169.254.170.2","service":"ECS","route":false,"rule":null,"port":null,"answers":false},
             {"address":"169.254.170.23","service":"EKS","route":false,"rule":null,"port":null,"answers":false},
             {"address":"fd00:ec2::23","service":"EKS","route":false,"rule":null,"port":null,"answers":false}]
            """);
  }

  @Test
  void probesNothingWithoutARoute() {
    assertThat(linkLocal().probe().text()).isEmpty();
    assertThat(linkLocal().status(false).text())
        .contains("fd00:ec2::23     EKS           no     no");
    assertThat(probe.asked).isEmpty();
    assertThat(commands.attended).isEmpty();

    commands.prints("ip -4 route show table all to exact 169.254.169.254", ROUTE_OF_IMDS);
    probe.answering.add(LinkLocalAddress.IMDS);
    assertThat(linkLocal().probe().text()).isEqualTo("169.254.169.254\n");
  }

  @Test
  void supportsLinuxAndMacOsOnly() {
    var invokingUser = new InvokingUser("FreeBSD", 0, Map.of(), "/opt/jvault");

    assertThatThrownBy(() -> LinkLocal.of(invokingUser, new OrdinaryUser()))
        .hasMessage(
            "jvault link-local supports Linux and macOS, not FreeBSD; use `jvault exec` here.");
  }

  private void refused(ExitCode code, String sentence) {
    assertThatThrownBy(() -> linkLocal().up("dev", false))
        .hasMessageContaining(sentence)
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(code));
    assertThat(commands.changes).isEmpty();
    assertThat(commands.attended).isEmpty();
  }

  private LinkLocal linkLocal() {
    var invokingUser = new InvokingUser("Linux", uid, environment, "/opt/jvault");
    var metadata = new CloudMetadata(folder.resolve("firmware"), probe);
    var system = new LinuxSystem(commands, metadata, folder);
    return new LinkLocal(invokingUser, commands, system, probe, new OrdinaryUser());
  }

  private void ipv6(String disabled) throws IOException {
    Path lo = Files.createDirectories(folder.resolve("sys/net/ipv6/conf/lo"));
    Files.writeString(lo.resolve("disable_ipv6"), disabled + "\n");
  }

  /** A user without root, who asks the daemon directly. */
  private static final class OrdinaryUser implements UserContext {
    @Override
    public Reply ports(String profile) {
      return new Reply(0, "imds 7171\nendpoint 7170\n");
    }

    @Override
    public String probe() {
      return "169.254.169.254\n";
    }
  }
}
