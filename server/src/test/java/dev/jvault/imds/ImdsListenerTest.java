package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImdsListenerTest {
  @Test
  void endsItsEndpointWithASlashForClientsThatPutNoneBeforeTheirPaths() {
    assertThat(new ImdsListener("grant", "dev", 9171, false).endpoint())
        .isEqualTo("http://127.0.0.1:9171/");
  }
}
