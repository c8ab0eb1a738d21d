package dev.jvault.http;

import java.util.List;
import java.util.Set;

/**
 * The {@code Host} values that a client of a loopback or link-local endpoint sends. Any other name
 * that leads here was made to resolve to loopback: DNS rebinding.
 */
final class HostNames {
  private static final Set<String> NAMES =
      Set.of("localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

  private HostNames() {}

  /** Whether there is exactly one {@code Host}, and an allowed one, with or without a port. */
  static boolean allowed(List<String> hosts) {
    return hosts.size() == 1 && allowed(hosts.getFirst());
  }

  private static boolean allowed(String host) {
    int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
    String name = colon > 0 ? host.substring(0, colon) : host;
    boolean port = colon <= 0 || digits(host.substring(colon + 1), 5);
    return port && (NAMES.contains(name.toLowerCase(java.util.Locale.ROOT)) || loopback(name));
  }

  /** 127.0.0.0/8 in its plain form: four decimal numbers. */
  private static boolean loopback(String name) {
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
