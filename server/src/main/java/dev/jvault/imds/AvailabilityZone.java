package dev.jvault.imds;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The availability zone that is told for a region: its first one. */
final class AvailabilityZone {
  private static final Pattern REGION =
      Pattern.compile("([a-z]{2})(-gov)?-(north|south|east|west|central|[a-z]{9})-([1-9])");

  /** How AWS shortens directions in the ids of zones, as in {@code apse2-az1}. */
  private static final Map<String, String> SHORT =
      Map.of(
          "north", "n",
          "south", "s",
          "east", "e",
          "west", "w",
          "central", "c",
          "northeast", "ne",
          "northwest", "nw",
          "southeast", "se",
          "southwest", "sw");

  private AvailabilityZone() {}

  /** Such as {@code eu-west-1a}. */
  static String name(String region) {
    return region + "a";
  }

  /** Such as {@code euw1-az1}; empty for a region that is not named as AWS's are. */
  static Optional<String> id(String region) {
    Matcher parts = REGION.matcher(region);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String government = parts.group(2) == null ? "" : "g";
    return Optional.ofNullable(SHORT.get(parts.group(3)))
        .map(direction -> parts.group(1) + government + direction + parts.group(4) + "-az1");
  }
}
