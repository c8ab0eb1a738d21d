package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.imds.ImdsListener;
import dev.jvault.setup.CredentialProcessLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Says how an IDE or application uses what {@code server} keeps ready.
 *
 * @param info the daemon, with its address and installation
 * @param times how the user reads times
 */
record ServerUsage(DaemonInfo info, LocalTimes times) {
  /** For programs that know container credentials. */
  String container(Grant grant, Path tokenFile, Instant expiration, Optional<String> region) {
    String uri = info.endpoint() + grant.credentialsPath();
    return """

    Profile %s is ready for %s and is refreshed before that.
    For an application, an IDE or a run configuration (%s):
      AWS_CONTAINER_CREDENTIALS_FULL_URI=%s
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=%s
    %sFor a Java virtual machine, as options:
      -Daws.containerCredentialsFullUri=%s
      %s
    For programs that read ~/.aws/config, under a profile name of its own (`jvault setup profile %s` writes it):
      %s
    """
        .formatted(
            grant.profile(),
            times.left(expiration),
            info.endpointPort().lasting()
                ? "these stay the same over restarts"
                : "the address ends with this daemon",
            uri,
            value(tokenFile.toString()),
            region
                .map(name -> "  AWS_REGION=%1$s\n  AWS_DEFAULT_REGION=%1$s\n".formatted(name))
                .orElse(""),
            uri,
            value("-Daws.containerAuthorizationTokenFile=" + tokenFile),
            CredentialProcessLine.quoted(grant.profile()),
            String.join(
                "\n  ",
                CredentialProcessLine.section(
                    info.installation().command().toString(), grant.profile(), region)));
  }

  /** For programs that know instance metadata only. */
  String instanceMetadata(ImdsListener listener, Instant expiration) {
    return """

    Profile %s is ready for %s as instance metadata (%s), and is refreshed before that.
    For programs that know instance metadata only, or in ~/.aws/config as ec2_metadata_service_endpoint:
      AWS_EC2_METADATA_SERVICE_ENDPOINT=%s
    """
        .formatted(
            listener.profile(),
            times.left(expiration),
            listener.v1() ? "IMDSv2, and IMDSv1 because you asked for it" : "IMDSv2",
            listener.endpoint());
  }

  /** As a shell, an env file and a list of options read it. */
  private static String value(String text) {
    return text.contains(" ") ? "\"" + text + "\"" : text;
  }
}
