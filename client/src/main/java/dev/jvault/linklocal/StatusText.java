package dev.jvault.linklocal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The status of all addresses, for people and for programs. */
final class StatusText {
  private static final String ROW = "%-17s%-14s%-7s%-14s%s%n".replace("%n", "\n");

  private StatusText() {}

  static String table(List<AddressState> states) {
    var text = new StringBuilder(ROW.formatted("ADDRESS", "SERVICE", "ROUTE", "RULE", "ANSWERS"));
    for (AddressState state : states) {
      text.append(
          ROW.formatted(
              state.address().text(),
              state.address().use(),
              yes(state.routed()),
              state.rule().map(StatusText::rule).orElse("?"),
              yes(state.answers())));
    }
    if (states.stream().anyMatch(state -> state.rule().isEmpty())) {
      text.append(
          "Rules cannot be seen without root: `sudo jvault link-local status` shows them.\n");
    }
    return text.toString();
  }

  /** An array of objects; what cannot be seen is null. */
  static String json(List<AddressState> states) {
    List<String> objects = states.stream().map(StatusText::object).toList();
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
