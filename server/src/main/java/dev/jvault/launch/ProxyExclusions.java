package dev.jvault.launch;

import dev.jvault.profile.CallerEnvironment;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The hosts that a command must reach without its caller's proxy. */
public final class ProxyExclusions {
  /** Go, botocore and Ruby would ask the endpoint through the proxy. */
  private static final List<String> OWN =
      List.of("127.0.0.1", "localhost", "169.254.169.254", "169.254.170.2", "169.254.170.23");

  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");

  private static final String ALL_HOSTS = "*";

  private ProxyExclusions() {}

  /**
   * One list for {@code NO_PROXY} and {@code no_proxy}, because programs read one or the other: the
   * caller's entries of both, then the endpoint's hosts. Empty if the caller has no proxy.
   */
  public static Optional<String> of(CallerEnvironment environment) {
    if (PROXIES.stream().allMatch(name -> environment.get(name).isEmpty())) {
      return Optional.empty();
    }
    Collection<String> hosts = new LinkedHashSet<>();
    Stream.of("NO_PROXY", "no_proxy")
        .flatMap(name -> environment.get(name).stream())
        .flatMap(list -> Stream.of(list.split("[,\\s]+")))
        .filter(entry -> !entry.isEmpty())
        .forEach(hosts::add);
    if (hosts.contains(ALL_HOSTS)) {
      // Some programs, curl among them, know it only if it stands alone.
      return Optional.of(ALL_HOSTS);
    }
    hosts.addAll(OWN);
    return Optional.of(String.join(",", hosts));
  }
}
