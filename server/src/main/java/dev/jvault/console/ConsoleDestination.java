package dev.jvault.console;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page of the console that a login leads to.
 *
 * @param url an address of the console
 */
public record ConsoleDestination(URI url) {
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Services whose console has another name than the AWS CLI's. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("ce", "cost-management"),
          Map.entry("cfn", "cloudformation"),
          Map.entry("cognito-idp", "cognito"),
          Map.entry("ddb", "dynamodb"),
          Map.entry("ecr", "ecr/repositories"),
          Map.entry("eventbridge", "events"),
          Map.entry("logs", "cloudwatch"),
          Map.entry("r53", "route53"),
          Map.entry("sfn", "states"),
          Map.entry("ssm", "systems-manager"),
          Map.entry("sso", "singlesignon"),
          Map.entry("stepfunctions", "states"));

  /** The first page of a region's console. */
  public static ConsoleDestination home(Partition partition, String region) {
    return path(partition, region, "console/home");
  }

  /**
   * The console of a service.
   *
   * @param name as the AWS CLI names it, such as {@code s3}
   */
  public static ConsoleDestination service(Partition partition, String region, String name) {
    if (!SERVICE.matcher(name).matches()) {
      throw wrong("--service takes the name of a service such as s3; correct it.");
    }
    return path(partition, region, OTHER_NAMES.getOrDefault(name, name) + "/home");
  }

  /**
   * A page by its path, as in aws-vault.
   *
   * @param path such as {@code ec2/v2/home}; may have a query and a fragment
   */
  public static ConsoleDestination path(Partition partition, String region, String path) {
    String relative = path.replaceFirst("^/+", "");
    int hash = relative.indexOf('#');
    String page = hash < 0 ? relative : relative.substring(0, hash);
    String fragment = hash < 0 ? "" : relative.substring(hash);
    String query = (page.contains("?") ? "&" : "?") + "region=" + region;
    return new ConsoleDestination(
        parsed("https://" + partition.consoleHost(region) + "/" + page + query + fragment)
            .orElseThrow(
                () -> wrong("--path takes a path of the console such as ec2/home; correct it.")));
  }

  /** Any page of the partition's console. */
  public static ConsoleDestination url(Partition partition, String text) {
    URI url =
        parsed(text)
            .filter(parsed -> "https".equals(parsed.getScheme()) && parsed.getHost() != null)
            .orElseThrow(() ->
                wrong(
                    "--destination takes an https address of the AWS console such as"
                        + " https://console.aws.amazon.com/s3/home; correct it."));
    Arrays.stream(Partition.values())
        .filter(other -> other != partition && other.ownsConsole(url.getHost()))
        .findFirst()
        .ifPresent(other -> {
          throw wrong(
              "--destination %s is a page of the partition %s, and the profile is of %s; give a page of its own console."
                  .formatted(PrintableText.quoted(url.getHost()), other.id(), partition.id()));
        });
    return new ConsoleDestination(url);
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static JvaultException wrong(String sentence) {
    return new JvaultException(ExitCode.USAGE, sentence);
  }
}
