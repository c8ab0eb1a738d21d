import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What all packages have in common, for templates that name a value as {@code @NAME@}. */
final class Values {
  private final Map<String, String> values = new TreeMap<>();
  private final Instant time;

  /**
   * The arguments of the build's programs, from the third: version, time of the build in ISO 8601,
   * home page, folder of all releases, maintainer.
   */
  Values(String[] arguments) {
    String version = arguments[2];
    time = Instant.parse(arguments[3]);
    values.put("VERSION", version);
    values.put(
        "DATE",
        DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .format(time.atOffset(ZoneOffset.UTC)));
    values.put("HOMEPAGE", arguments[4]);
    values.put("URL", arguments[5] + "/v" + version + "/" + archive());
    values.put("MAINTAINER", arguments[6]);
    // Of the units: what a user has who has changed nothing.
    values.put("JVAULT", "/usr/bin/jvault");
    values.put("PORT", "9170");
    values.put("CONTROL", "%h/.local/share/jvault/run/control.sock");
  }

  String version() {
    return values.get("VERSION");
  }

  Instant time() {
    return time;
  }

  /** The file name of the archive. */
  String archive() {
    return "jvault-" + version() + "-linux-x86_64.tar.gz";
  }

  void put(String name, String value) {
    values.put(name, value);
  }

  /** Reads a template and fills it in; a name without a value is an error. */
  String fill(Path template) throws IOException {
    String text = Files.readString(template);
    for (var value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    var left = Pattern.compile("@[A-Z]+[A-Z0-9]*@").matcher(text);
    if (left.find()) {
      throw new IOException(template + " names " + left.group() + ", which has no value");
    }
    return text;
  }
}
