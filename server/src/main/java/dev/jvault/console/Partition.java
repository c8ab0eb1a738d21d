package dev.jvault.console;

import java.util.Arrays;
import java.util.regex.Pattern;

/** A partition of AWS, which has a console of its own. The names of the hosts are AWS's. */
public enum Partition {
  /** AWS. */
  AWS("aws", ".*", "us-east-1", "{region}.signin.aws.amazon.com", "console.aws.amazon.com"),
  /** AWS in China. */
  AWS_CN("aws-cn", "cn-.*", "cn-northwest-1", "signin.amazonaws.cn", "console.amazonaws.cn"),
  /** AWS GovCloud (US). */
  AWS_US_GOV(
      "aws-us-gov",
      "us-gov-.*",
      "us-gov-west-1",
      "signin.amazonaws-us-gov.com",
      "console.amazonaws-us-gov.com"),
  /** AWS Top Secret. */
  AWS_ISO(
      "aws-iso",
      "us-iso-.*",
      "us-iso-east-1",
      "{region}.signin.c2shome.ic.gov",
      "console.c2shome.ic.gov"),
  /** AWS Secret. */
  AWS_ISO_B(
      "aws-iso-b",
      "us-isob-.*",
      "us-isob-east-1",
      "{region}.signin.sc2shome.sgov.gov",
      "console.sc2shome.sgov.gov"),
  /** AWS in Europe's isolated regions. */
  AWS_ISO_E(
      "aws-iso-e",
      "eu-isoe-.*",
      "eu-isoe-west-1",
      "{region}.signin.csphome.adc-e.uk",
      "console.csphome.adc-e.uk"),
  /** AWS in isolated regions of the US. */
  AWS_ISO_F(
      "aws-iso-f",
      "us-isof-.*",
      "us-isof-south-1",
      "{region}.signin.csphome.hci.ic.gov",
      "console.csphome.hci.ic.gov"),
  /** The AWS European Sovereign Cloud. */
  AWS_EUSC(
      "aws-eusc",
      "eusc-.*",
      "eusc-de-east-1",
      "{region}.signin.amazonaws-eusc.eu",
      "console.amazonaws-eusc.eu");

  private static final Pattern ARN = Pattern.compile(":");

  private final String id;
  private final Pattern regions;
  private final String usualRegion;
  private final String signin;
  private final String console;

  Partition(String id, String regions, String usualRegion, String signin, String console) {
    this.id = id;
    this.regions = Pattern.compile(regions);
    this.usualRegion = usualRegion;
    this.signin = signin;
    this.console = console;
  }

  /** The partition of a region; {@link #AWS} if no other has a region of such a name. */
  public static Partition ofRegion(String region) {
    return Arrays.stream(values())
        .filter(partition -> partition != AWS && partition.regions.matcher(region).matches())
        .findFirst()
        .orElse(AWS);
  }

  /** The partition that an ARN names; {@link #AWS} if this version does not know it. */
  public static Partition ofArn(String arn) {
    String[] parts = ARN.split(arn, 3);
    return Arrays.stream(values())
        .filter(partition -> parts.length > 1 && partition.id.equals(parts[1]))
        .findFirst()
        .orElse(AWS);
  }

  /** The name in ARNs, such as {@code aws-cn}. */
  public String id() {
    return id;
  }

  /** The region of a console whose region nothing says. */
  public String usualRegion() {
    return usualRegion;
  }

  /** The host of the sign-in. */
  public String signinHost(String region) {
    return signin.replace("{region}", region);
  }

  /** The host of a region's console. */
  String consoleHost(String region) {
    return region + "." + console;
  }

  /** Whether a host belongs to this partition's console. */
  boolean ownsConsole(String host) {
    return host.equals(console) || host.endsWith("." + console);
  }
}
