package dev.jvault.profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which proxy a caller uses, by the variables that curl, Python and Go read alike. */
final class Proxies {
  private static final Set<String> SCHEMES = Set.of("http", "socks5", "socks5h");

  private final SettingLookup lookup;

  Proxies(SettingLookup lookup) {
    this.lookup = lookup;
  }

  /** The proxy for HTTPS to a host; the lower-case variable wins, as in Python. */
  Optional<URI> forHost(String host, int port) {
    Optional<Setting> proxy = any("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    boolean direct =
        proxy.isEmpty()
            || any("no_proxy", "NO_PROXY")
                .filter(list -> new NoProxyList(list.text()).contains(host, port))
                .isPresent();
    return direct ? Optional.empty() : proxy.map(Proxies::address);
  }

  private Optional<Setting> any(String... variables) {
    return Stream.of(variables).flatMap(name -> lookup.variable(name).stream()).findFirst();
  }

  private static URI address(Setting setting) {
    String text = setting.text().contains("://") ? setting.text() : "http://" + setting.text();
    if (text.startsWith("https://")) {
      throw setting.wrong(
          "is a proxy that speaks TLS itself, which the JDK's HTTP client cannot; name its http://"
              + " or socks5:// address");
    }
    try {
      URI address = new URI(text);
      if (address.getHost() != null && SCHEMES.contains(String.valueOf(address.getScheme()))) {
        return address;
      }
    } catch (URISyntaxException _) {
      // An exception's text would repeat the address, which may carry a password.
    }
    throw setting.wrong(
        "is not an address such as http://proxy.example.com:3128 or socks5://localhost:1080;"
            + " correct it");
  }
}
