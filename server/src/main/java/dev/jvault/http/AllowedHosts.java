package dev.jvault.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code Host} values that clients of a loopback or link-local listener send. Any other name
 * was made to resolve to loopback, which is DNS rebinding.
 */
final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");

  private AllowedHosts() {}

  /**
   * Whether there is exactly one {@code Host} and it is allowed, with or without a port.
   *
   * @param names the names that are allowed besides loopback
   */
  static boolean allowed(List<String> hosts, Set<String> names) {
    if (hosts.size() != 1) {
      return false;
    }
    String host = hosts.getFirst();
    String name = name(host);
    boolean port = name.length() == host.length() || digits(host.substring(name.length() + 1), 5);
    return port && (LOOPBACK.contains(name) || names.contains(name) || fourNumbersOfLoopback(name));
  }

  /** The value in lower case, without its port. */
  static String name(String host) {
    int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
    return (colon > 0 ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /** Whether this is an address of 127.0.0.0/8 in dotted decimal form. */
  private static boolean fourNumbersOfLoopback(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      if (!digits(part, 3)) {
        return false;
      }
    }
    return true;
  }

  private static boolean digits(String text, int most) {
    return !text.isEmpty()
        && text.length() <= most
        && text.chars().allMatch(character -> character >= '0' && character <= '9');
  }
}
