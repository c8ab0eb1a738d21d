package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An address at which AWS serves credentials on port 80; every SDK knows it. */
enum LinkLocalAddress {
  /** Instance metadata, which SDKs ask without any configuration. */
  IMDS("169.254.169.254", "EC2 metadata"),
  /** Container credentials of ECS, as {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} means. */
  ECS("169.254.170.2", "ECS"),
  /** The agent of EKS pod identity. */
  EKS("169.254.170.23", "EKS"),
  /** The same agent on hosts without IPv4. */
  EKS_V6("fd00:ec2::23", "EKS");

  private final String text;
  private final String use;

  LinkLocalAddress(String text, String use) {
    this.text = text;
    this.use = use;
  }

  /** Renders addresses as lines, for another process of jvault to parse. */
  static String lines(Set<LinkLocalAddress> addresses) {
    return addresses.stream().map(address -> address.text + "\n").collect(Collectors.joining());
  }

  /** Parses the result of {@link #lines}; ignores other lines. */
  static Set<LinkLocalAddress> parseLines(String lines) {
    var addresses = EnumSet.noneOf(LinkLocalAddress.class);
    for (LinkLocalAddress address : values()) {
      if (lines.lines().anyMatch(address.text::equals)) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** The address in the form that all tools print. */
  String text() {
    return text;
  }

  /** The AWS service that has this address. */
  String use() {
    return use;
  }

  boolean isV6() {
    return this == EKS_V6;
  }

  /** This address as a network of one. */
  String network() {
    return text + (isV6() ? "/128" : "/32");
  }

  /** The address in a URI. */
  String host() {
    return isV6() ? "[" + text + "]" : text;
  }

  /** The daemon's port for this address. */
  int port(DaemonPorts ports) {
    return this == IMDS ? ports.imds() : ports.endpoint();
  }

  /**
   * The failure if another program uses this address.
   *
   * @param what uses it, such as {@code the nftables table ip nat}
   * @param look the command that shows it
   */
  JvaultException usedBy(String what, String look) {
    return new JvaultException(
        ExitCode.FAULT,
        "Another program uses "
            + text
            + " already ("
            + what
            + "); stop it or undo that (`"
            + look
            + "` shows it), then try again.");
  }

  /** Whether a text contains this address, and not only a longer one that contains its digits. */
  boolean isIn(String output) {
    String before = isV6() ? "(?<![0-9a-f:])" : "(?<![0-9.])";
    String after = isV6() ? "(?![0-9a-f:])" : "(?![0-9]|\\.[0-9])";
    return Pattern.compile(before + Pattern.quote(text) + after).matcher(output).find();
  }
}
