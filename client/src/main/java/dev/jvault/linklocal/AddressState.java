package dev.jvault.linklocal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is set up for one address.
 *
 * @param routed whether this machine has the address because of jvault
 * @param rule the port that the user's packet rule redirects to, or none; empty if this process may
 *     not read the rules
 * @param answers whether jvault answers the user at this address
 */
record AddressState(
    LinkLocalAddress address, boolean routed, Optional<OptionalInt> rule, boolean answers) {
  private static final String ROW = "%-17s%-14s%-7s%-14s%s\n";

  /** A table for people, one line for each address. */
  static String table(List<AddressState> states) {
    var text = new StringBuilder(ROW.formatted("ADDRESS", "SERVICE", "ROUTE", "RULE", "ANSWERS"));
    for (AddressState state : states) {
      text.append(
          ROW.formatted(
              state.address().text(),
              state.address().use(),
              yes(state.routed()),
              state.rule().map(AddressState::rule).orElse("?"),
              yes(state.answers())));
    }
    if (states.stream().anyMatch(state -> state.rule().isEmpty())) {
      text.append("Only root can read the rules: `sudo jvault link-local status` shows them.\n");
    }
    return text.toString();
  }

  /** A JSON array of objects; what is unknown is null. */
  static String json(List<AddressState> states) {
    List<String> objects = states.stream().map(AddressState::object).toList();
    return "[" + String.join(",\n ", objects) + "]\n";
  }

  private static String object(AddressState state) {
    Optional<OptionalInt> rule = state.rule();
    boolean port = rule.isPresent() && rule.get().isPresent();
    return "{\"address\":\"%s\",\"service\":\"%s\",\"route\":%b,\"rule\":%s,\"port\":%s,\"answers\":%b}"
        .formatted(
            state.address().text(),
            state.address().use(),
            state.routed(),
            rule.isEmpty() ? "null" : Boolean.toString(port),
            port ? Integer.toString(rule.get().getAsInt()) : "null",
            state.answers());
  }

  private static String rule(OptionalInt port) {
    return port.isPresent() ? "to port " + port.getAsInt() : "no";
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
