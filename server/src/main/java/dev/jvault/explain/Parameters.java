package dev.jvault.explain;

import dev.jvault.credential.Sts;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.Setting;
import dev.jvault.profile.TracedHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Collects the parameters of one step. A step records the settings that it was built from, and of
 * several keys for one parameter only the first that counts; so the recorded key is the parameter's
 * origin.
 */
final class Parameters {
  private static final List<String> REGION = List.of("region", "AWS_REGION", "AWS_DEFAULT_REGION");

  private final TracedHop step;
  private final Sts sts;
  private final List<Parameter> all = new ArrayList<>();

  Parameters(TracedHop step, Sts sts) {
    this.step = step;
    this.sts = sts;
  }

  /** Adds a value and the keys and variables that can set it. */
  Parameters add(String name, String value, String... keys) {
    return remarked(name, value, "", keys);
  }

  /** Adds a value if there is one. */
  Parameters add(String name, Optional<String> value, String... keys) {
    value.ifPresent(text -> add(name, text, keys));
    return this;
  }

  /** Adds a value with a remark. */
  Parameters remarked(String name, String value, String remark, String... keys) {
    all.add(new Parameter(name, DisplayedText.of(value), origin(keys), remark));
    return this;
  }

  /** Adds the endpoint of STS. */
  Parameters sts(ServiceTarget target) {
    Sts.Address address = sts.address(target);
    boolean global = target.region().equals("aws-global");
    List<String> region = new ArrayList<>(REGION);
    if (global) {
      region.addAll(0, List.of("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints"));
    }
    String[] keys = region.toArray(String[]::new);
    add(
        "Endpoint",
        address.url().toString(),
        target.endpoint().isPresent() ? endpointKeys("sts") : keys);
    add("SigningRegion", address.signingRegion(), keys);
    return reached(target);
  }

  /** Adds the endpoint of another service. */
  Parameters service(String service, ServiceTarget target) {
    target
        .endpoint()
        .ifPresent(url -> add("Endpoint (" + service + ")", url.toString(), endpointKeys(service)));
    return reached(target);
  }

  List<Parameter> all() {
    return List.copyOf(all);
  }

  private Parameters reached(ServiceTarget target) {
    if (target.fips()) {
      add("UseFIPS", "true", "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
    }
    if (target.dualStack()) {
      add("UseDualStack", "true", "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
    }
    target
        .caBundle()
        .ifPresent(bundle -> add("CABundle", bundle.toString(), "AWS_CA_BUNDLE", "ca_bundle"));
    target
        .proxy()
        .ifPresent(proxy ->
            add(
                "Proxy",
                proxy.getHost() + port(proxy.getPort()),
                "https_proxy",
                "HTTPS_PROXY",
                "all_proxy",
                "ALL_PROXY"));
    return this;
  }

  private static String port(int port) {
    return port < 0 ? "" : ":" + port;
  }

  private static String[] endpointKeys(String service) {
    return new String[] {
      "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT),
      "AWS_ENDPOINT_URL",
      service + ".endpoint_url",
      "endpoint_url"
    };
  }

  private Optional<Setting> origin(String... keys) {
    return Stream.of(keys)
        .flatMap(key -> step.origins().stream().filter(setting -> setting.key().equals(key)))
        .findFirst();
  }
}
