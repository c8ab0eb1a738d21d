package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Detects a cloud whose own metadata service jvault must not replace. The firmware names EC2, GCE
 * and Azure, in the fields that cloud-init's ds-identify reads; other clouds are detected because
 * their metadata service answers.
 */
final class CloudMetadata {
  /** The folder in which Linux shows the firmware's fields. */
  static final Path FIRMWARE = Path.of("/sys/class/dmi/id");

  private static final List<String> AMAZON_FIELDS =
      List.of("sys_vendor", "bios_vendor", "bios_version", "product_version", "board_vendor");
  private static final Pattern AMAZON = Pattern.compile("(?i)amazon");
  private static final String AZURE_TAG = "7783-7084-3265-9085-8269-3286-77";

  private final Path firmware;
  private final AddressProbe probe;

  CloudMetadata(Path firmware, AddressProbe probe) {
    this.firmware = firmware;
    this.probe = probe;
  }

  /** Refuses a machine whose firmware names a cloud. */
  void refuseCloud() {
    Optional<String> cloud = cloud();
    if (cloud.isPresent()) {
      throw fault(
          "This machine runs on " + cloud.get() + ", whose metadata service programs need",
          LinkLocalAddress.IMDS);
    }
  }

  /**
   * Refuses a machine on which something else answers at one of the addresses.
   *
   * @param taken the addresses that are already jvault's, so that an answer proves nothing
   */
  void refuseAnswering(Set<LinkLocalAddress> taken) {
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      if (!taken.contains(address) && probe.connects(address)) {
        throw fault(
            "Something that is not jvault already answers, as a cloud's metadata service would,",
            address);
      }
    }
  }

  private Optional<String> cloud() {
    boolean amazon =
        AMAZON_FIELDS.stream().map(this::field).anyMatch(f -> AMAZON.matcher(f).find());
    if (amazon) {
      return Optional.of("EC2");
    }
    // Not by the vendor, because Google also sells notebooks.
    if (field("product_name").startsWith("Google Compute Engine")) {
      return Optional.of("Google Compute Engine");
    }
    return field("chassis_asset_tag").equals(AZURE_TAG) ? Optional.of("Azure") : Optional.empty();
  }

  private String field(String name) {
    try {
      return Files.readString(firmware.resolve(name)).strip();
    } catch (IOException _) {
      return "";
    }
  }

  private static JvaultException fault(String beginning, LinkLocalAddress address) {
    return new JvaultException(
        ExitCode.FAULT, beginning + " at " + address.text() + "; use `jvault exec` here instead.");
  }
}
