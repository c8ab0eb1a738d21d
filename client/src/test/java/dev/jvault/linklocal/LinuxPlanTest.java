package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact commands for Linux. */
final class LinuxPlanTest {
  private static final DaemonPorts PORTS = new DaemonPorts(9171, 9170);
  private static final List<LinkLocalAddress> ALL = List.of(LinkLocalAddress.values());
  private static final EnumSet<LinkLocalAddress> NONE = EnumSet.noneOf(LinkLocalAddress.class);

  @Test
  void addsRoutesAndThenAllRulesInOneTransaction() {
    assertThat(LinuxPlan.up(1000, PORTS, ALL, NONE).rendered())
        .isEqualTo(
            """
            ip -4 route add local 169.254.169.254/32 dev lo
            ip -4 route add local 169.254.170.2/32 dev lo
            ip -4 route add local 169.254.170.23/32 dev lo
            ip -6 route add local fd00:ec2::23/128 dev lo
            nft -f - <<'END'
            add table inet jvault_1000
            delete table inet jvault_1000
            table inet jvault_1000 {
              chain output {
                type nat hook output priority -100; policy accept;
                meta skuid 1000 ip daddr 169.254.169.254 tcp dport 80 redirect to :9171
                meta skuid 1000 ip daddr 169.254.170.2 tcp dport 80 redirect to :9170
                meta skuid 1000 ip daddr 169.254.170.23 tcp dport 80 redirect to :9170
                meta skuid 1000 ip6 daddr fd00:ec2::23 tcp dport 80 redirect to :9170
              }
            }
            END
            """);
  }

  @Test
  void addsNoExistingRoute() {
    assertThat(LinuxPlan.up(1000, PORTS, ALL, EnumSet.allOf(LinkLocalAddress.class)).rendered())
        .startsWith("nft -f - <<'END'\n");
  }

  @Test
  void leavesOutAddressesThatTheMachineCannotHave() {
    assertThat(LinuxPlan.up(1000, PORTS, List.of(LinkLocalAddress.IMDS), NONE).rendered())
        .contains("169.254.169.254")
        .doesNotContain("169.254.170", "ip6", "ip -6");
  }

  @Test
  void removesTheTableBeforeTheRoutes() {
    assertThat(LinuxPlan.down(1000, true, EnumSet.allOf(LinkLocalAddress.class)).rendered())
        .isEqualTo(
            """
            nft -f - <<'END'
            add table inet jvault_1000
            delete table inet jvault_1000
            END
            ip -4 route del local 169.254.169.254/32 dev lo
            ip -4 route del local 169.254.170.2/32 dev lo
            ip -4 route del local 169.254.170.23/32 dev lo
            ip -6 route del local fd00:ec2::23/128 dev lo
            """);
  }

  @Test
  void removesNothingIfNothingIsSetUp() {
    assertThat(LinuxPlan.down(1000, false, NONE).steps()).isEmpty();
  }
}
