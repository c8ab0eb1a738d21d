package dev.jvault.aws;

import dev.jvault.profile.SectionParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** Parses one section of a config file with the SDK's own parser. */
public final class SdkSectionParser implements SectionParser {
  private static final String NAME = "section";
  private static final String HEADER = "[profile " + NAME + "]\n";
  private static final Pattern FAULT = Pattern.compile("(.*?),? on line (\\d+).*", Pattern.DOTALL);

  /** Creates a stateless parser. */
  public SdkSectionParser() {}

  @Override
  public ParsedSection parse(String lines) {
    byte[] content = (HEADER + lines).getBytes(StandardCharsets.UTF_8);
    try {
      ProfileFile file =
          ProfileFile.builder()
              .type(ProfileFile.Type.CONFIGURATION)
              .content(new ByteArrayInputStream(content))
              .build();
      return new ParsedSection.Values(file.profile(NAME).map(Profile::properties).orElse(Map.of()));
    } catch (IllegalArgumentException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The SDK names the line only in its message, and counts the header that was prepended. */
  private static ParsedSection malformed(String message) {
    Matcher fault = FAULT.matcher(message);
    if (!fault.matches()) {
      return new ParsedSection.Malformed(1, "it cannot be parsed");
    }
    int line = Math.max(1, Integer.parseInt(fault.group(2)) - 1);
    String reason = fault.group(1);
    return new ParsedSection.Malformed(
        line, Character.toLowerCase(reason.charAt(0)) + reason.substring(1));
  }
}
