package dev.jvault.profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which STS a profile means, by the keys and variables that botocore reads, in its order. */
final class StsTargets {
  /**
   * Where nobody names a region. STS has one everywhere, and this one is what its global endpoint
   * stands for, so that keys of the standard partition are known there.
   */
  private static final String USUAL_REGION = "us-east-1";

  /** A single label of a host name, as botocore asks: a region becomes part of one. */
  private static final Pattern REGION = Pattern.compile("(?![0-9]+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)");

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

  private final ProfileSet profiles;
  private final CallerEnvironment environment;

  StsTargets(ProfileSet profiles, CallerEnvironment environment) {
    this.profiles = profiles;
    this.environment = environment;
  }

  /** A profile's own region, or that of {@code [default]}. */
  Optional<String> region(Profile profile) {
    return profiles.inherited(profile, "region").map(StsTargets::checkedRegion);
  }

  /** The STS for a profile's calls. */
  ServiceTarget of(Profile profile) {
    String region = region(profile).or(this::callersRegion).orElse(USUAL_REGION);
    boolean fips = flag(profile, "use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT");
    boolean dualStack = flag(profile, "use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT");
    Optional<URI> endpoint = endpoint(profile);
    boolean variant = endpoint.isPresent() || fips || dualStack;
    if (legacy(profile) && !variant && LEGACY_GLOBAL.contains(region)) {
      region = "aws-global";
    }
    Optional<Path> caBundle =
        setting(profile, "ca_bundle", "AWS_CA_BUNDLE")
            .map(bundle -> ConfigFiles.path(bundle, environment));
    return new ServiceTarget(
        region, endpoint, fips, dualStack, caBundle, proxy(endpoint, region, dualStack));
  }

  private Optional<String> callersRegion() {
    return Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
        .flatMap(name -> variable(name).stream())
        .findFirst()
        .map(StsTargets::checkedRegion);
  }

  private static String checkedRegion(Setting setting) {
    if (!REGION.matcher(setting.text()).matches()) {
      throw setting.wrong("is not a region such as eu-west-1; correct it");
    }
    return setting.text();
  }

  private boolean flag(Profile profile, String key, String variable) {
    return setting(profile, key, variable).map(StsTargets::checkedFlag).orElse(false);
  }

  private static boolean checkedFlag(Setting setting) {
    return switch (setting.text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw setting.wrong("is neither true nor false; correct it");
    };
  }

  private boolean legacy(Profile profile) {
    return setting(profile, "sts_regional_endpoints", "AWS_STS_REGIONAL_ENDPOINTS")
        .map(setting ->
            switch (setting.text().toLowerCase(Locale.ROOT)) {
              case "legacy" -> true;
              case "regional" -> false;
              default -> throw setting.wrong("is neither regional nor legacy; correct it");
            })
        .orElse(false);
  }

  private Optional<URI> endpoint(Profile profile) {
    if (flag(profile, "ignore_configured_endpoint_urls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
      return Optional.empty();
    }
    return variable("AWS_ENDPOINT_URL_STS")
        .or(() -> variable("AWS_ENDPOINT_URL"))
        .or(() -> servicesEndpoint(profile))
        .or(() -> profile.setting("endpoint_url"))
        .map(StsTargets::checkedEndpoint);
  }

  private Optional<Setting> servicesEndpoint(Profile profile) {
    return profile
        .setting("services")
        .flatMap(name ->
            profiles
                .services(name.text())
                .orElseThrow(() -> name.wrong("names a [services] section that does not exist"))
                .setting("sts.endpoint_url"));
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

  private Optional<URI> proxy(Optional<URI> endpoint, String region, boolean dualStack) {
    if (endpoint.isPresent() && !"https".equals(endpoint.get().getScheme())) {
      return Optional.empty();
    }
    String suffix = dualStack ? ".api.aws" : ".amazonaws.com";
    String host = endpoint.map(URI::getHost).orElse("sts." + region + suffix);
    return new Proxies(environment).forHost(host);
  }

  private Optional<Setting> setting(Profile profile, String key, String variable) {
    return variable(variable).or(() -> profile.setting(key));
  }

  private Optional<Setting> variable(String name) {
    return environment.get(name).map(value -> Setting.variable(name, value));
  }
}
