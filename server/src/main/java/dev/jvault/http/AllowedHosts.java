package dev.jvault.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code Host} values that a client of a loopback or link-local listener sends. Any other name
 * that leads here was made to resolve to loopback: DNS rebinding.
 */
final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");

  private AllowedHosts() {}

  /**
   * Whether there is exactly one {@code Host}, and an allowed one, with or without a port.
   *
   * @param addresses what is allowed besides loopback
   */
  static boolean allowed(List<String> hosts, Set<String> addresses) {
    if (hosts.size() != 1) {
      return false;
    }
    String host = hosts.getFirst();
    String name = name(host);
    boolean port = name.length() == host.length() || digits(host.substring(name.length() + 1), 5);
    return port
        && (LOOPBACK.contains(name) || addresses.contains(name) || fourNumbersOfLoopback(name));
  }

  /** The value without its port, in small letters. */
  static String name(String host) {
    int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
    return (colon > 0 ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /** 127.0.0.0/8 in its plain form. */
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
