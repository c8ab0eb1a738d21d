package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The exact commands for macOS. */
final class MacPlanTest {
  private static final DaemonPorts PORTS = new DaemonPorts(9171, 9170);
  private static final EnumSet<LinkLocalAddress> NONE = EnumSet.noneOf(LinkLocalAddress.class);
  private static final EnumSet<LinkLocalAddress> ALL = EnumSet.allOf(LinkLocalAddress.class);

  @Test
  void loadsTheRulesBeforeItAddsAddresses() {
    assertThat(MacPlan.up(501, PORTS, NONE, false).rendered())
        .isEqualTo(
            """
            pfctl -a com.apple/jvault.501 -f - <<'END'
            rdr pass on lo0 inet proto tcp from any to 169.254.169.254 port 80 -> 127.0.0.1 port 9171
            rdr pass on lo0 inet proto tcp from any to 169.254.170.2 port 80 -> 127.0.0.1 port 9170
            rdr pass on lo0 inet proto tcp from any to 169.254.170.23 port 80 -> 127.0.0.1 port 9170
            rdr pass on lo0 inet6 proto tcp from any to fd00:ec2::23 port 80 -> ::1 port 9170
            block return out quick inet proto tcp from any to 169.254.169.254 port 80 user != 501
            block return out quick inet proto tcp from any to 169.254.170.2 port 80 user != 501
            block return out quick inet proto tcp from any to 169.254.170.23 port 80 user != 501
            block return out quick inet6 proto tcp from any to fd00:ec2::23 port 80 user != 501
            END
            pfctl -E
            ifconfig lo0 alias 169.254.169.254/32
            ifconfig lo0 alias 169.254.170.2/32
            ifconfig lo0 alias 169.254.170.23/32
            ifconfig lo0 inet6 fd00:ec2::23/128 alias
            """);
  }

  @Test
  void changesOnlyTheRulesIfTheRestIsSetUp() {
    assertThat(MacPlan.up(501, PORTS, ALL, true).steps()).hasSize(1);
  }

  @Test
  void removesTheAddressesBeforeTheRules() {
    assertThat(MacPlan.down(501, ALL).rendered())
        .isEqualTo(
            """
            ifconfig lo0 -alias 169.254.169.254
            ifconfig lo0 -alias 169.254.170.2
            ifconfig lo0 -alias 169.254.170.23
            ifconfig lo0 inet6 fd00:ec2::23 -alias
            pfctl -a com.apple/jvault.501 -F all
            """);
  }
}
