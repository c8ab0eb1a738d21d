package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of NO_PROXY. */
final class NoProxyListTest {
  @ParameterizedTest
  @CsvSource({
    "'*', sts.example.com, true",
    "'a.example,*', sts.example.com, true",
    "'*.example.com', sts.example.com, true",
    "'.example.com', sts.example.com, true",
    "'example.com', sts.example.com, true",
    "'EXAMPLE.com', STS.example.com, true",
    "'ample.com', sts.example.com, false",
    "'a.example b.example', b.example, true",
    "'sts.example.com:443', sts.example.com, true",
    "'sts.example.com:8443', sts.example.com, false",
    "'10.0.0.0/8', 10.1.2.3, true",
    "'10.0.0.0/8', 11.1.2.3, false",
    "'10.1.2.0/23', 10.1.3.9, true",
    "'10.1.2.3', 10.1.2.3, true",
    "'10.1.2.3:443', 10.1.2.3, true",
    "'10.0.0.0/8', sts.10.example, false",
    "'::1', '[::1]', true",
    "'[::1]', '[::1]', true",
    "'[::1]:443', '[::1]', true",
    "'[::1]:80', '[::1]', false",
    "'fd00::/8', '[fd12:3::1]', true",
    "'fd00::/8', '[fe80::1]', false",
    "'10.0.0.0/99, x/y, :, []', 10.1.2.3, false",
    "'', sts.example.com, false"
  })
  void saysWhichHostsAreReachedDirectly(String list, String host, boolean direct) {
    assertThat(new NoProxyList(list).contains(host, 443)).isEqualTo(direct);
  }
}
