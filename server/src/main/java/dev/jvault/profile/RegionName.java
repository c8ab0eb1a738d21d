package dev.jvault.profile;

import java.util.regex.Pattern;

/** The name of an AWS region, such as {@code eu-west-1}. */
public final class RegionName {
  /** A single label of a host name, as in botocore, because a region becomes a part of one. */
  private static final Pattern PATTERN =
      Pattern.compile("(?![0-9]+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)");

  private RegionName() {}

  /** Whether the text can be a region's name; AWS adds regions, so no list decides. */
  public static boolean valid(String text) {
    return PATTERN.matcher(text).matches();
  }
}
