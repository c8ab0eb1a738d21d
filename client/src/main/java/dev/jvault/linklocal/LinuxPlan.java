package dev.jvault.linklocal;

import dev.jvault.linklocal.LinkLocalPlan.Step;
import dev.jvault.program.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands for Linux: local routes by {@code ip}, and a table of rules per user by {@code nft}.
 */
final class LinuxPlan {
  private LinuxPlan() {}

  /**
   * Redirects the addresses to a user's daemon.
   *
   * @param addresses those that this machine can have
   * @param routed those that already have their route
   */
  static LinkLocalPlan up(
      long uid, DaemonPorts ports, List<LinkLocalAddress> addresses, Set<LinkLocalAddress> routed) {
    var steps = new ArrayList<Step>();
    for (LinkLocalAddress address : addresses) {
      if (!routed.contains(address)) {
        steps.add(Step.of(route("add", address), route("del", address)));
      }
    }
    steps.add(Step.of(Command.reading(rules(uid, ports, addresses), "nft", "-f", "-")));
    return new LinkLocalPlan(steps);
  }

  /**
   * Undoes it.
   *
   * @param withTable whether the user's table exists or may exist
   * @param routes the routes that no other user needs
   */
  static LinkLocalPlan down(long uid, boolean withTable, Set<LinkLocalAddress> routes) {
    var steps = new ArrayList<Step>();
    if (withTable) {
      steps.add(Step.of(Command.reading(noTable(uid), "nft", "-f", "-")));
    }
    for (LinkLocalAddress address : routes) {
      steps.add(Step.of(route("del", address)));
    }
    return new LinkLocalPlan(steps);
  }

  /** The name of a user's table in the family {@code inet}. */
  static String table(long uid) {
    return "jvault_" + uid;
  }

  private static Command route(String verb, LinkLocalAddress address) {
    return Command.of(
        "ip", address.isV6() ? "-6" : "-4", "route", verb, "local", address.network(), "dev", "lo");
  }

  /** Adds the table before it deletes it, because only deleting a missing table is an error. */
  private static String noTable(long uid) {
    return "add table inet %1$s\ndelete table inet %1$s\n".formatted(table(uid));
  }

  /** One transaction, so that at no moment the rules are missing or incomplete. */
  private static String rules(long uid, DaemonPorts ports, List<LinkLocalAddress> addresses) {
    var text = new StringBuilder(noTable(uid));
    text.append("table inet ").append(table(uid)).append(" {\n");
    text.append("  chain output {\n");
    text.append("    type nat hook output priority -100; policy accept;\n");
    for (LinkLocalAddress address : addresses) {
      text.append(
          "    meta skuid %d %s daddr %s tcp dport 80 redirect to :%d\n"
              .formatted(uid, address.isV6() ? "ip6" : "ip", address.text(), address.port(ports)));
    }
    return text.append("  }\n}\n").toString();
  }
}
