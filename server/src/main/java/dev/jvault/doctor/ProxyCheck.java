package dev.jvault.doctor;

import dev.jvault.command.ShellQuote;
import dev.jvault.launch.ProxyExclusions;
import dev.jvault.profile.NoProxyList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A proxy that catches requests to this machine's own addresses. */
final class ProxyCheck implements Check {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");
  private static final List<String> HOSTS = List.of("127.0.0.1", "169.254.169.254");
  private static final int HTTP = 80;

  private final Supplier<List<String>> served;

  /**
   * The check.
   *
   * @param served the profiles that this daemon serves as instance metadata
   */
  ProxyCheck(Supplier<List<String>> served) {
    this.served = served;
  }

  @Override
  public String id() {
    return "proxy";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<String> proxies = PROXIES.stream().filter(caller::sets).toList();
    var except =
        new NoProxyList(
            String.join(
                ",",
                Stream.of("NO_PROXY", "no_proxy").flatMap(n -> caller.value(n).stream()).toList()));
    List<String> caught = HOSTS.stream().filter(host -> !except.contains(host, HTTP)).toList();
    if (proxies.isEmpty() || caught.isEmpty()) {
      return List.of(Finding.ok("No proxy catches requests to this machine's own addresses."));
    }
    String what =
        "%s is set, and NO_PROXY leaves out %s."
            .formatted(proxies.getFirst(), String.join(" and ", caught));
    String hosts =
        ShellQuote.posix(ProxyExclusions.of(caller.environment()).orElse(String.join(",", HOSTS)));
    String mend = "export NO_PROXY=%1$s no_proxy=%1$s".formatted(hosts);
    boolean metadata = caller.sets("AWS_EC2_METADATA_SERVICE_ENDPOINT") || !served.get().isEmpty();
    return List.of(
        metadata
            ? Finding.problem(
                what, "Python, Ruby and curl ask the proxy for instance metadata.", mend)
            : Finding.note(
                what,
                "Tools such as curl ask the proxy instead of jvault; `jvault exec` takes care of"
                    + " it for the programs that it starts.",
                mend));
  }
}
