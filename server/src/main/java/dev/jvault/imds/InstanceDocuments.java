package dev.jvault.imds;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents of the instance that a profile's metadata describe. Account, role and region are
 * those of the profile. What a profile does not have (ids, a MAC address) is made of zeros, so that
 * it is never mistaken for a real value. There are no signatures, keys or user data.
 */
final class InstanceDocuments {
  /** The {@code Server} header of EC2's metadata service. */
  static final String SERVER = "EC2ws";

  static final String CREDENTIALS = "meta-data/iam/security-credentials/";
  static final String EXTENDED_CREDENTIALS = "meta-data/iam/security-credentials-extended/";

  private static final String INSTANCE = "i-00000000000000000";
  private static final String IMAGE = "ami-00000000000000000";
  private static final String INSTANCE_PROFILE = "AIPA00000000000000000";
  private static final String TYPE = "t3.micro";

  /** A locally administered address, which belongs to no vendor. */
  private static final String MAC = "02:00:00:00:00:00";

  private static final String ADDRESS = "127.0.0.1";
  private static final String NAME = "localhost";
  private static final Pattern ARN = Pattern.compile("arn:([a-z0-9-]+):[a-z]+::(\\d{12}):.*");
  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_+=,@-]");

  private final Chain chain;
  private final Optional<String> region;
  private final Instant started;

  /**
   * The documents of a profile.
   *
   * @param environment gives the region if the profile has none
   * @param started the date of the documents
   */
  InstanceDocuments(Chain chain, CallerEnvironment environment, Instant started) {
    this.chain = chain;
    this.region =
        chain
            .region()
            .or(() -> environment.get("AWS_REGION"))
            .or(() -> environment.get("AWS_DEFAULT_REGION"));
    this.started = started.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The name of the instance's one role: the profile's role, or else the profile's name. */
  String role() {
    String name =
        switch (chain.hops().getLast()) {
          case Hop.AssumeRole role -> role.roleArn().substring(role.roleArn().lastIndexOf('/') + 1);
          case Hop.Sso sso -> sso.roleName();
          default -> chain.profile();
        };
    return UNUSUAL.matcher(name).replaceAll("_");
  }

  /**
   * The tree of documents below a version.
   *
   * @param role whether the instance has a role
   */
  MetadataTree tree(boolean role) {
    var tree =
        new MetadataTree()
            .with("meta-data/ami-id", IMAGE)
            .with("meta-data/hostname", NAME)
            .with("meta-data/instance-id", INSTANCE)
            .with("meta-data/instance-type", TYPE)
            .with("meta-data/local-hostname", NAME)
            .with("meta-data/local-ipv4", ADDRESS)
            .with("meta-data/mac", MAC)
            .with("meta-data/placement/availability-zone", region.map(AvailabilityZone::name))
            .with("meta-data/placement/availability-zone-id", region.flatMap(AvailabilityZone::id))
            .with("meta-data/placement/region", region)
            .with("dynamic/instance-identity/document", region.map(this::identity));
    // The session is not in the tree, because it may not exist yet.
    return role
        ? tree.with("meta-data/iam/info", this::info)
            .with(CREDENTIALS + role(), "")
            .with(EXTENDED_CREDENTIALS + role(), "")
        : tree;
  }

  private String info() {
    return text(
        JsonText.object(json -> {
          JsonText.member(json, "Code", "Success");
          JsonText.member(json, "LastUpdated", started.toString());
          arn()
              .ifPresent(arn -> {
                JsonText.member(
                    json,
                    "InstanceProfileArn",
                    "arn:%s:iam::%s:instance-profile/%s"
                        .formatted(arn.group(1), arn.group(2), role()));
                JsonText.member(json, "InstanceProfileId", INSTANCE_PROFILE);
              });
        }));
  }

  private String identity(String region) {
    return text(
        JsonText.object(json -> {
          JsonText.member(json, "accountId", arn().map(arn -> arn.group(2)));
          JsonText.member(json, "architecture", architecture());
          JsonText.member(json, "availabilityZone", AvailabilityZone.name(region));
          JsonText.member(json, "imageId", IMAGE);
          JsonText.member(json, "instanceId", INSTANCE);
          JsonText.member(json, "instanceType", TYPE);
          JsonText.member(json, "pendingTime", started.toString());
          JsonText.member(json, "privateIp", ADDRESS);
          JsonText.member(json, "region", region);
          JsonText.member(json, "version", "2017-09-30");
        }));
  }

  /** An ARN that names the account: the role's, or else the MFA device's. */
  private Optional<Matcher> arn() {
    return chain.hops().reversed().stream()
        .flatMap(hop ->
            switch (hop) {
              case Hop.AssumeRole role -> Optional.of(role.roleArn()).stream();
              case Hop.SessionToken token -> token.mfa().map(MfaDevice::serial).stream();
              case Hop.FederationToken _ -> Optional.<String>empty().stream();
              case Hop.WebIdentity identity -> Optional.of(identity.roleArn()).stream();
              case Hop.Login login -> Optional.of(login.loginSession()).stream();
              case Hop.Sso sso ->
                  Optional.of("arn:aws:iam::%s:role/sso".formatted(sso.accountId())).stream();
              case Hop.Bottom _ -> Optional.<String>empty().stream();
            })
        .map(ARN::matcher)
        .filter(Matcher::matches)
        .findFirst();
  }

  /** A time in the format of EC2. */
  private static String architecture() {
    return switch (System.getProperty("os.arch", "")) {
      case "aarch64" -> "arm64";
      default -> "x86_64";
    };
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
