package dev.jvault.imds;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The availability zone that the metadata name: the first one of the region. */
final class AvailabilityZone {
  private static final Pattern REGION =
      Pattern.compile("([a-z]{2})(-gov)?-(north|south|east|west|central|[a-z]{9})-([1-9])");

  /** The abbreviations of directions in zone ids, as in {@code apse2-az1}. */
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

  /** The zone's name, such as {@code eu-west-1a}. */
  static String name(String region) {
    return region + "a";
  }

  /**
   * The zone's id, such as {@code euw1-az1}; empty if the region is not named as AWS names them.
   */
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
