package dev.jvault.linklocal;

import dev.jvault.linklocal.LinkLocalPlan.Step;
import dev.jvault.program.Command;
import java.util.ArrayList;
import java.util.Set;

/**
 * The commands for macOS: addresses of {@code lo0} by {@code ifconfig}, and an anchor of packet
 * rules per user by {@code pfctl}. Apple's {@code /etc/pf.conf} evaluates every anchor in {@code
 * com.apple}.
 */
final class MacPlan {
  private MacPlan() {}

  /**
   * Redirects the addresses to a user's daemon.
   *
   * @param present those that {@code lo0} already has
   * @param enabled whether the packet filter is enabled
   */
  static LinkLocalPlan up(
      long uid, DaemonPorts ports, Set<LinkLocalAddress> present, boolean enabled) {
    var steps = new ArrayList<Step>();
    // The rules come first, so that at no moment another user reaches the addresses.
    steps.add(
        Step.of(
            Command.reading(rules(uid, ports), "pfctl", "-a", anchor(uid), "-f", "-"), flush(uid)));
    if (!enabled) {
      steps.add(Step.of(Command.of("pfctl", "-E")));
    }
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      if (!present.contains(address)) {
        steps.add(Step.of(alias(address, "alias"), alias(address, "-alias")));
      }
    }
    return new LinkLocalPlan(steps);
  }

  /** Undoes it; the packet filter stays enabled, because other programs may use it by now. */
  static LinkLocalPlan down(long uid, Set<LinkLocalAddress> present) {
    var steps = new ArrayList<Step>();
    for (LinkLocalAddress address : present) {
      steps.add(Step.of(alias(address, "-alias")));
    }
    steps.add(Step.of(flush(uid)));
    return new LinkLocalPlan(steps);
  }

  /** The name of a user's anchor. */
  static String anchor(long uid) {
    return "com.apple/jvault." + uid;
  }

  private static Command flush(long uid) {
    return Command.of("pfctl", "-a", anchor(uid), "-F", "all");
  }

  private static Command alias(LinkLocalAddress address, String verb) {
    if (verb.equals("alias")) {
      return address.isV6()
          ? Command.of("ifconfig", "lo0", "inet6", address.network(), "alias")
          : Command.of("ifconfig", "lo0", "alias", address.network());
    }
    return address.isV6()
        ? Command.of("ifconfig", "lo0", "inet6", address.text(), verb)
        : Command.of("ifconfig", "lo0", verb, address.text());
  }

  /** Translations come before filters; a filter sees the packet as its sender made it. */
  private static String rules(long uid, DaemonPorts ports) {
    var translations = new StringBuilder();
    var filters = new StringBuilder();
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      String family = address.isV6() ? "inet6" : "inet";
      translations.append(
          "rdr pass on lo0 %s proto tcp from any to %s port 80 -> %s port %d\n"
              .formatted(
                  family,
                  address.text(),
                  address.isV6() ? "::1" : "127.0.0.1",
                  address.port(ports)));
      filters.append(
          "block return out quick %s proto tcp from any to %s port 80 user != %d\n"
              .formatted(family, address.text(), uid));
    }
    return translations.append(filters).toString();
  }
}
