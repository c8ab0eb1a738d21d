package dev.jvault.profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which proxy a caller uses, by the variables that curl, Python and Go read alike. */
final class Proxies {
  private final SettingLookup lookup;

  Proxies(SettingLookup lookup) {
    this.lookup = lookup;
  }

  /** The proxy for HTTPS to a host; the lower-case variable wins, as in Python. */
  Optional<URI> forHost(String host) {
    Optional<Setting> proxy = either("https_proxy", "HTTPS_PROXY");
    if (proxy.isEmpty() || exempt(host.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return proxy.map(Proxies::address);
  }

  private boolean exempt(String host) {
    return either("no_proxy", "NO_PROXY").stream()
        .flatMap(list -> Stream.of(list.text().toLowerCase(Locale.ROOT).split(",")))
        .map(entry -> entry.strip().replaceFirst("^\\.+", "").replaceFirst(":\\d+$", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private Optional<Setting> either(String lower, String upper) {
    return lookup.variable(lower).or(() -> lookup.variable(upper));
  }

  private static URI address(Setting setting) {
    String text = setting.text().contains("://") ? setting.text() : "http://" + setting.text();
    try {
      URI address = new URI(text);
      if (address.getHost() != null && "http".equals(address.getScheme())) {
        return address;
      }
    } catch (URISyntaxException _) {
      // An exception's text would repeat the address, which may carry a password.
    }
    throw setting.wrong("is not an address such as http://proxy.example.com:3128; correct it");
  }
}
