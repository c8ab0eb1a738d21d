package dev.jvault.profile;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that {@code NO_PROXY} lists, by the rules of Go and curl: a name stands for itself and
 * its subdomains, also after {@code .} or {@code *.}; {@code *} for all; an address for itself, and
 * with a prefix length for its network. A port after an entry must be equal too.
 */
public final class NoProxyList {
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*):(\\d{1,5})");
  private static final Pattern NETWORK = Pattern.compile("([^/]+)/(\\d{1,3})");

  private final String text;

  /** The hosts of a value of {@code NO_PROXY}. */
  public NoProxyList(String text) {
    this.text = text;
  }

  /** Whether the host is reached directly; an IPv6 address may be in brackets. */
  public boolean contains(String host, int port) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> matches(entry, name, port));
  }

  private static boolean matches(String entry, String host, int port) {
    Matcher withPort = WITH_PORT.matcher(entry);
    if (withPort.matches()) {
      return Integer.parseInt(withPort.group(2)) == port && matches(withPort.group(1), host);
    }
    return matches(entry, host);
  }

  private static boolean matches(String entry, String host) {
    if (entry.equals("*")) {
      return true;
    }
    Matcher network = NETWORK.matcher(entry);
    if (network.matches()) {
      return inNetwork(network.group(1), Integer.parseInt(network.group(2)), host);
    }
    Optional<InetAddress> address = address(bare(entry));
    if (address.isPresent()) {
      return address.equals(address(host));
    }
    String domain = entry.replaceFirst("^\\*?\\.+", "");
    return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
  }

  private static boolean inNetwork(String network, int length, String host) {
    byte[] wanted = address(bare(network)).map(InetAddress::getAddress).orElse(new byte[0]);
    byte[] given = address(host).map(InetAddress::getAddress).orElse(new byte[0]);
    if (wanted.length == 0 || wanted.length != given.length || length > wanted.length * 8) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((wanted[bit / 8] & mask) != (given[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
