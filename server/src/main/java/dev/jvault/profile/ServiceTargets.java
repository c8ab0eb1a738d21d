package dev.jvault.profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the endpoint of a service for a profile, from the keys and variables that botocore reads,
 * in its order.
 */
final class ServiceTargets {
  /**
   * The region if none is configured: the one that the global endpoint of STS stands for, so that
   * it knows keys of the standard partition.
   */
  private static final String USUAL_REGION = "us-east-1";

  private static final int HTTPS_PORT = 443;

  /** How the regions of all partitions but the standard one begin. */
  private static final Pattern PARTITION =
      Pattern.compile("cn-|us-gov-|us-iso[a-z]?-|eu-iso[a-z]?-|eusc-");

  /** The regions that {@code sts_regional_endpoints = legacy} sends to the global endpoint. */
  private static final Set<String> LEGACY_GLOBAL =
      Set.of(
          "ap-northeast-1",
          "ap-south-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "aws-global",
          "ca-central-1",
          "eu-central-1",
          "eu-north-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "sa-east-1",
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2");

  /** Variables of OpenSSL and Go, Python, curl and Node that name certificates to trust. */
  private static final List<String> AUTHORITIES =
      List.of(
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS");

  private final SettingLookup lookup;

  /** Finds targets; all settings are read, and so recorded, through this lookup. */
  ServiceTargets(SettingLookup lookup) {
    this.lookup = lookup;
  }

  /** A profile's own region, or that of {@code [default]}. */
  Optional<String> region(Profile profile) {
    return lookup.inherited(profile, "region").map(ServiceTargets::checkedRegion);
  }

  /** Whether the profile says that its programs know no token file. */
  boolean tokenInVariable(Profile profile) {
    return lookup.own(profile, "jvault_token_env").map(ServiceTargets::checkedFlag).orElse(false);
  }

  /** The STS for a profile's calls. */
  ServiceTarget sts(Profile profile) {
    return sts(profile, usualRegion(profile));
  }

  /**
   * The STS for a key's calls.
   *
   * @param bottom whose key it is
   * @param top the requested profile: if the key's own profile names no region, the key is taken to
   *     be of the partition of this one
   */
  ServiceTarget sts(Profile bottom, Profile top) {
    String usual = usualRegion(bottom);
    return sts(
        bottom,
        Optional.of(top)
            .filter(_ -> lookup.own(bottom, "region").isEmpty())
            .flatMap(this::region)
            .filter(region -> !partition(region).equals(partition(usual)))
            .orElse(usual));
  }

  /** The IAM for a key's calls, in the partition of its STS. */
  ServiceTarget iam(Profile bottom, Profile top) {
    ServiceTarget sts = sts(bottom, top);
    String region = "aws-global".equals(sts.region()) ? USUAL_REGION : sts.region();
    return of("iam", region, "iam.amazonaws.com", bottom);
  }

  private ServiceTarget sts(Profile profile, String region) {
    ServiceTarget target = of("sts", region, profile);
    boolean variant = target.endpoint().isPresent() || target.fips() || target.dualStack();
    return legacy(profile) && !variant && LEGACY_GLOBAL.contains(region)
        ? of("sts", "aws-global", profile)
        : target;
  }

  /**
   * Another service for a profile's calls, in a region that is known.
   *
   * @param service as {@code [services]} sections name it, such as {@code sso_oidc}
   */
  ServiceTarget of(String service, String region, Profile profile) {
    boolean dualStack = flag(profile, "use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT");
    String suffix = dualStack ? ".api.aws" : ".amazonaws.com";
    return of(service, region, prefix(service) + region + suffix, profile);
  }

  /**
   * The same for a service whose host follows no rule.
   *
   * @param host AWS's own, for which a proxy is chosen if no endpoint is configured
   */
  ServiceTarget of(String service, String region, String host, Profile profile) {
    boolean fips = flag(profile, "use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT");
    boolean dualStack = flag(profile, "use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT");
    Optional<URI> endpoint = endpoint(service, profile);
    Optional<Path> caBundle =
        lookup
            .variableOr("AWS_CA_BUNDLE", profile, "ca_bundle")
            .map(bundle -> ConfigFiles.path(bundle, lookup.environment()));
    return new ServiceTarget(
        region,
        endpoint,
        fips,
        dualStack,
        caBundle,
        proxy(endpoint, host),
        AUTHORITIES.stream().flatMap(name -> lookup.variable(name).stream()).toList());
  }

  /** A region as a setting names it. */
  static String checkedRegion(Setting setting) {
    if (!RegionName.valid(setting.text())) {
      throw setting.wrong("is not a region such as eu-west-1; correct it");
    }
    return setting.text();
  }

  private String usualRegion(Profile profile) {
    return region(profile).or(this::callersRegion).orElse(USUAL_REGION);
  }

  private static String partition(String region) {
    Matcher partition = PARTITION.matcher(region);
    return partition.lookingAt() ? partition.group() : "";
  }

  private Optional<String> callersRegion() {
    return lookup
        .variable("AWS_REGION")
        .or(() -> lookup.variable("AWS_DEFAULT_REGION"))
        .map(ServiceTargets::checkedRegion);
  }

  private boolean flag(Profile profile, String key, String variable) {
    return lookup.variableOr(variable, profile, key).map(ServiceTargets::checkedFlag).orElse(false);
  }

  private static boolean checkedFlag(Setting setting) {
    return switch (setting.text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw setting.wrong("is neither true nor false; correct it");
    };
  }

  private boolean legacy(Profile profile) {
    return lookup
        .variableOr("AWS_STS_REGIONAL_ENDPOINTS", profile, "sts_regional_endpoints")
        .map(setting ->
            switch (setting.text().toLowerCase(Locale.ROOT)) {
              case "legacy" -> true;
              case "regional" -> false;
              default -> throw setting.wrong("is neither regional nor legacy; correct it");
            })
        .orElse(false);
  }

  private Optional<URI> endpoint(String service, Profile profile) {
    if (flag(profile, "ignore_configured_endpoint_urls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
      return Optional.empty();
    }
    return lookup
        .variable("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT))
        .or(() -> lookup.variable("AWS_ENDPOINT_URL"))
        .or(() -> lookup.remembered(servicesEndpoint(service, profile)))
        .or(() -> lookup.own(profile, "endpoint_url"))
        .map(ServiceTargets::checkedEndpoint);
  }

  private Optional<Setting> servicesEndpoint(String service, Profile profile) {
    return lookup
        .own(profile, "services")
        .flatMap(name -> {
          Section section =
              lookup
                  .services(name.text())
                  .orElseThrow(() -> name.wrong("names a [services] section that does not exist"));
          section
              .problem()
              .ifPresent(problem -> {
                throw name.wrong("names a section that is broken: " + problem);
              });
          return section.setting(service + ".endpoint_url");
        });
  }

  private static URI checkedEndpoint(Setting setting) {
    try {
      URI endpoint = new URI(setting.text());
      if (List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
          && endpoint.getHost() != null
          && endpoint.getUserInfo() == null) {
        return endpoint;
      }
    } catch (URISyntaxException _) {
      // Falls through to the sentence that names the place.
    }
    throw setting.wrong("is not an address such as https://sts.example.com; correct it");
  }

  private Optional<URI> proxy(Optional<URI> endpoint, String awsHost) {
    if (endpoint.isPresent() && !"https".equals(endpoint.get().getScheme())) {
      return Optional.empty();
    }
    String host = endpoint.map(URI::getHost).orElse(awsHost);
    int port = endpoint.map(URI::getPort).filter(given -> given > 0).orElse(HTTPS_PORT);
    return new Proxies(lookup).forHost(host, port);
  }

  private static String prefix(String service) {
    return switch (service) {
      case "sso" -> "portal.sso.";
      case "sso_oidc" -> "oidc.";
      default -> service + ".";
    };
  }
}
