package dev.jvault.linklocal;

import java.util.EnumSet;
import java.util.Set;

/** Which addresses answer to the user, as text from one jvault to another: one a line. */
final class ProbeReport {
  private ProbeReport() {}

  static String write(Set<LinkLocalAddress> answering) {
    var text = new StringBuilder();
    for (LinkLocalAddress address : answering) {
      text.append(address.text()).append('\n');
    }
    return text.toString();
  }

  /** Reads it; whatever is no address is none. */
  static Set<LinkLocalAddress> read(String text) {
    var answering = EnumSet.noneOf(LinkLocalAddress.class);
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      if (text.lines().anyMatch(address.text()::equals)) {
        answering.add(address);
      }
    }
    return answering;
  }
}
