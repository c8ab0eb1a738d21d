package dev.jvault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;

/**
 * The time zone in which the user reads times. Java would know it too, but takes longer for it than
 * the rest of a short command, so it is asked only if the name is not at hand.
 */
final class CallerZone {
  private static final String FOLDER = "zoneinfo/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC");

  private CallerZone() {}

  /** The id of the zone that {@code TZ} names, else of the system's. */
  static String of(Invocation invocation) {
    return of(invocation, Path.of("/etc/localtime"));
  }

  /**
   * The same.
   *
   * @param systems the system's zone: a link into the folder of zones, or a file
   */
  static String of(Invocation invocation, Path systems) {
    String wanted = invocation.variable("TZ").replaceFirst("^:", "");
    return name(wanted.isEmpty() ? target(systems) : wanted)
        .orElseGet(() -> TimeZone.getDefault().getID());
  }

  private static Optional<String> name(String text) {
    int folder = text.indexOf(FOLDER);
    String name = folder < 0 ? text : text.substring(folder + FOLDER.length());
    return Optional.of(name).filter(known -> NAME.matcher(known).matches());
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | UnsupportedOperationException _) {
      return "";
    }
  }
}
