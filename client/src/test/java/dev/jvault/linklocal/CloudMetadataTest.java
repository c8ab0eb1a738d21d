package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clouds are detected, by their firmware or because their metadata service answers. */
final class CloudMetadataTest {
  @TempDir Path firmware;
  private final FakeAddressProbe probe = new FakeAddressProbe();

  @ParameterizedTest
  @CsvSource({
    "sys_vendor,Amazon EC2,EC2",
    "bios_vendor,Amazon EC2,EC2",
    "bios_version,4.11.amazon,EC2",
    "product_name,Google Compute Engine,Google Compute Engine",
    "chassis_asset_tag,7783-7084-3265-9085-8269-3286-77,Azure",
  })
  void refusesACloudByItsFirmware(String field, String value, String cloud) throws IOException {
    Files.writeString(firmware.resolve(field), value + "\n");

    assertThatThrownBy(() -> refuse(Set.of()))
        .hasMessage(
            "This machine runs on "
                + cloud
                + ", whose metadata service programs need at 169.254.169.254; use `jvault exec`"
                + " here instead.");
    assertThat(probe.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sys_vendor,Google",
    "sys_vendor,Microsoft Corporation",
    "chassis_asset_tag,No Asset Tag",
    "product_name,Eve",
  })
  void acceptsAnOrdinaryMachine(String field, String value) throws IOException {
    Files.writeString(firmware.resolve(field), value + "\n");

    assertThatCode(() -> refuse(Set.of())).doesNotThrowAnyException();
  }

  @Test
  void refusesAnAddressThatAlreadyAnswers() {
    probe.answering.add(LinkLocalAddress.ECS);

    assertThatThrownBy(() -> refuse(Set.of()))
        .hasMessageContaining(
            "already answers, as a cloud's metadata service would, at 169.254.170.2;");
  }

  @Test
  void doesNotProbeAddressesOfItsOwn() {
    probe.answering.add(LinkLocalAddress.ECS);
    refuse(EnumSet.of(LinkLocalAddress.ECS));

    assertThat(probe.asked)
        .containsExactly(LinkLocalAddress.IMDS, LinkLocalAddress.EKS, LinkLocalAddress.EKS_V6);
  }

  private void refuse(Set<LinkLocalAddress> taken) {
    var metadata = new CloudMetadata(firmware, probe);
    metadata.refuseCloud();
    metadata.refuseAnswering(taken);
  }
}
