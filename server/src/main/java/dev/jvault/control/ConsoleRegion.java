package dev.jvault.control;

import dev.jvault.console.Partition;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.RegionName;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Optional;

/**
 * The region and the partition of a console.
 *
 * @param region such as {@code eu-west-1}
 */
record ConsoleRegion(Partition partition, String region) {
  /**
   * That of {@code --region}, else the profile's, else the caller's, else the partition's usual
   * one.
   *
   * @throws JvaultException if the region is of another partition than the profile's role
   */
  static ConsoleRegion of(Chain chain, Call call) {
    Optional<String> given = call.value("region");
    if (given.filter(text -> !RegionName.valid(text)).isPresent()) {
      throw new JvaultException(
          ExitCode.USAGE, "--region takes a region such as eu-west-1; correct it.");
    }
    Optional<Partition> ofRole = role(chain).map(Partition::ofArn);
    Optional<String> named =
        given
            .or(chain::region)
            .or(() -> call.environment().get("AWS_REGION"))
            .or(() -> call.environment().get("AWS_DEFAULT_REGION"));
    String region =
        named
            .or(() -> ofRole.map(Partition::usualRegion))
            .or(() -> issuer(chain).filter(ConsoleRegion::hasConsole))
            .orElseGet(Partition.AWS::usualRegion);
    Partition partition = Partition.ofRegion(region);
    ofRole
        .filter(other -> other != partition)
        .ifPresent(other -> {
          throw new JvaultException(
              ExitCode.USAGE,
              "The region %s is of the partition %s, and the role of profile %s is of %s; give --region one of its own, such as %s."
                  .formatted(
                      region, partition.id(), chain.profile(), other.id(), other.usualRegion()));
        });
    return new ConsoleRegion(partition, region);
  }

  private static Optional<String> role(Chain chain) {
    return switch (chain.steps().getLast().hop()) {
      case Hop.AssumeRole role -> Optional.of(role.roleArn());
      case Hop.WebIdentity identity -> Optional.of(identity.roleArn());
      default -> Optional.empty();
    };
  }

  /** Where the credentials come from. */
  private static Optional<String> issuer(Chain chain) {
    return chain.bottom() instanceof Hop.Sso sso
        ? Optional.of(sso.session().region())
        : StsTarget.of(chain).map(ServiceTarget::region);
  }

  private static boolean hasConsole(String region) {
    return !region.equals("aws-global");
  }
}
