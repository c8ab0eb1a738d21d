package dev.jvault.setup;

import dev.jvault.command.ShellQuote;
import dev.jvault.profile.ConfigText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a config file by which every SDK asks jvault for the credentials of a profile. */
public final class CredentialProcessLine {
  /** What is added to the name of a profile, so that the profile itself stays as it is. */
  private static final String SUFFIX = "-jvault";

  private CredentialProcessLine() {}

  /** The name of the profile by which programs reach a profile through jvault. */
  public static String profileFor(String profile) {
    return profile + SUFFIX;
  }

  /** A whole section: header, command and region. */
  public static List<String> section(String command, String profile, Optional<String> region) {
    List<String> lines = new ArrayList<>();
    lines.add(ConfigText.header(profileFor(profile)));
    lines.addAll(settings(command, profile, region));
    return lines;
  }

  /** The settings without a header. */
  static List<String> settings(String command, String profile, Optional<String> region) {
    List<String> lines = new ArrayList<>();
    lines.add(line(command, profile));
    region.ifPresent(name -> lines.add("region = " + name));
    return lines;
  }

  /** The setting itself. */
  public static String line(String command, String profile) {
    return "credential_process = " + quoted(command) + " credential-process " + quoted(profile);
  }

  /**
   * A word as the AWS CLI and a POSIX shell both read it. Quoted only if necessary, because the SDK
   * for Go 1 drops what follows a quoted word.
   */
  public static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_./@%+:,-]+")) {
      return word;
    }
    return word.matches("[^\"$`\\\\!]*") ? "\"" + word + "\"" : ShellQuote.posix(word);
  }
}
