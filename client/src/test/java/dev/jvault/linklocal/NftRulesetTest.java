package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parses the output of nft 1.0. */
final class NftRulesetTest {
  private static final String OUTPUT =
      """
      # Warning: table ip nat is managed by iptables-nft, do not touch!
      table ip nat {
      \tchain OUTPUT {
      \t\ttype nat hook output priority -100; policy accept;
      \t\tip daddr 169.254.170.2 tcp dport 80 counter packets 0 bytes 0 redirect to :51679
      \t}
      }
      table inet jvault_1000 {
      \tchain output {
      \t\ttype nat hook output priority -100; policy accept;
      \t\tmeta skuid 1000 ip daddr 169.254.169.254 tcp dport 80 redirect to :9171
      \t\tmeta skuid 1000 ip6 daddr fd00:ec2::23 tcp dport 80 redirect to :9170
      \t}
      }
      table ip jvault_1001 {
      \tset s {
      \t\telements = { 169.254.170.23 }
      \t}
      }
      """;

  private final NftRuleset ruleset = NftRuleset.read(OUTPUT);

  @Test
  void findsTheUsersOwnTables() {
    assertThat(ruleset.has(1000)).isTrue();
    assertThat(ruleset.hasAnother(1000)).isFalse();
    assertThat(ruleset.has(100)).isFalse();
    assertThat(ruleset.hasAnother(100)).isTrue();
  }

  @Test
  void readsThePortOfARule() {
    assertThat(ruleset.port(1000, LinkLocalAddress.IMDS)).isEqualTo(OptionalInt.of(9171));
    assertThat(ruleset.port(1000, LinkLocalAddress.EKS_V6)).isEqualTo(OptionalInt.of(9170));
    assertThat(ruleset.port(1000, LinkLocalAddress.EKS)).isEmpty();
    assertThat(ruleset.port(1001, LinkLocalAddress.IMDS)).isEmpty();
  }

  @Test
  void namesTheTableOfAnotherProgram() {
    assertThat(ruleset.foreign(LinkLocalAddress.ECS)).contains("ip nat");
    assertThat(ruleset.foreign(LinkLocalAddress.EKS)).contains("ip jvault_1001");
    assertThat(ruleset.foreign(LinkLocalAddress.IMDS)).isEmpty();
    assertThat(ruleset.foreign(LinkLocalAddress.EKS_V6)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ECS,ip daddr 169.254.170.2,true",
    "ECS,dnat to 169.254.170.2:80,true",
    "ECS,'{ 169.254.170.2, 10.0.0.1 }',true",
    "ECS,ip daddr 169.254.170.2/32,true",
    "ECS,ip daddr 169.254.170.23,false",
    "ECS,ip daddr 1169.254.170.2,false",
    "EKS,ip daddr 169.254.170.2,false",
    "IMDS,ip daddr 169.254.0.0/16,false",
    "EKS_V6,ip6 daddr fd00:ec2::23 drop,true",
    "EKS_V6,ip6 daddr fd00:ec2::232 drop,false",
    "EKS_V6,dnat to [fd00:ec2::23]:80,true",
  })
  void distinguishesAddressesFromLongerOnes(LinkLocalAddress address, String text, boolean there) {
    assertThat(address.isIn(text)).isEqualTo(there);
  }
}
