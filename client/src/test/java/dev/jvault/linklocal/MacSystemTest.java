package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** macOS, with outputs from its manual pages and examples; never run on a real Mac. */
final class MacSystemTest {
  private static final String LOOPBACK =
      """
      lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
      \tinet 127.0.0.1 netmask 0xff000000
      \tinet6 ::1 prefixlen 128
      """;
  private static final String WITH_IMDS = LOOPBACK + "\tinet 169.254.169.254 netmask 0xffffffff\n";
  private static final String RULE =
      "rdr pass on lo0 inet proto tcp from any to 169.254.169.254 port = 80 -> 127.0.0.1 port 9171\n";

  private final FakeCommands commands = new FakeCommands();
  private final FakeAddressProbe probe = new FakeAddressProbe();
  private final MacSystem system =
      new MacSystem(commands, new CloudMetadata(Path.of("/nowhere"), probe));

  @BeforeEach
  void prepare() {
    commands.prints("ifconfig", LOOPBACK);
  }

  @Test
  void enablesADisabledPacketFilter() {
    commands.prints("pfctl -s info", "Status: Disabled for 0 days\n");
    assertThat(system.up(501, new DaemonPorts(1, 2)).rendered()).contains("pfctl -E\n");
    commands.prints("pfctl -s info", "Status: Enabled for 3 days\n");
    assertThat(system.up(501, new DaemonPorts(1, 2)).rendered()).doesNotContain("pfctl -E");
  }

  @Test
  void addsOnlyMissingAddresses() {
    commands.prints("ifconfig", WITH_IMDS);

    assertThat(system.up(501, new DaemonPorts(1, 2)).rendered())
        .contains("ifconfig lo0 alias 169.254.170.2/32")
        .doesNotContain("ifconfig lo0 alias 169.254.169.254");
  }

  @Test
  void refusesAnAliasThatIsNotOurs() {
    commands.prints("ifconfig", WITH_IMDS);
    assertThatThrownBy(() -> system.refuse(501, true))
        .hasMessageContaining("uses 169.254.169.254 already (it is an address of an interface)");

    commands.prints("pfctl -a com.apple/jvault.501 -s nat", RULE);
    system.refuse(501, true);
    commands.prints("ifconfig lo0", LOOPBACK);
    assertThatThrownBy(() -> system.refuse(501, true)).hasMessageContaining("169.254.169.254");
  }

  @Test
  void refusesASecondUser() {
    commands.prints("pfctl -a com.apple -s Anchors", "  com.apple/jvault.502\n");
    system.refuse(501, true);

    commands.prints("pfctl -a com.apple/jvault.502 -s nat", RULE);
    assertThatThrownBy(() -> system.refuse(501, true))
        .hasMessageContaining("The user 502 has the addresses already");
    system.refuse(502, true);
  }

  @Test
  void readsThePortOfARule() {
    commands.prints("pfctl -a com.apple/jvault.501 -s nat", RULE);

    assertThat(system.rules(501, true).orElseThrow().port(LinkLocalAddress.IMDS)).hasValue(9171);
    assertThat(system.rules(501, true).orElseThrow().port(LinkLocalAddress.ECS)).isEmpty();
    assertThat(system.rules(501, false)).isEmpty();
  }

  @Test
  void becomesTheUserWithTheUsersTemporaryFolder() {
    commands.prints("id -P 501", "bob:********:501:20::0:0:Bob Smith:/Users/bob:/bin/zsh\n");
    commands.prints("sudo -u '#501' -- /usr/bin/getconf", "/var/folders/x/T/\n");
    commands.prints("sudo -u #501 -- /usr/bin/env", "imds 1\nendpoint 2\n");
    var invokingUser = new InvokingUser("Mac OS X", 0, Map.of("SUDO_UID", "501"), "/opt/jvault");
    var linkLocal = new LinkLocal(invokingUser, commands, system, probe, new RootCaller());

    assertThat(linkLocal.up("dev", true).text()).startsWith("pfctl -a com.apple/jvault.501 -f -");
    assertThat(String.join(" ", commands.attended))
        .isEqualTo(
            "sudo -u #501 -- /usr/bin/env -i HOME=/Users/bob LOGNAME=bob"
                + " PATH=/usr/sbin:/usr/bin:/sbin:/bin TMPDIR=/var/folders/x/T/ USER=bob"
                + " /opt/jvault link-local ports -- dev");
  }

  /** Fails the test: root must never ask a daemon as itself. */
  private static final class RootCaller implements UserContext {
    @Override
    public Reply ports(String profile) {
      throw new AssertionError("asked as root");
    }

    @Override
    public String probe() {
      throw new AssertionError("asked as root");
    }
  }
}
