package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The config files of the differential test, cut off and damaged: each profile's chain or one
 * sentence, and never another exception. {@link SourceFuzzTest} tells whose values a chain has.
 */
final class CorpusFuzzTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("basedir", "")).resolve("src/test/differential/corpus");
  private static final Pattern PART = Pattern.compile("(?m)^-- (\\w+)[^\\n]* --\\n");
  private static final Pattern SECTION = Pattern.compile("(?m)^\\[([^\\]\\n]+)\\]");
  private static final long SEED = 20261126;
  private static final int CHANGES = 6;
  private static final int CUTS = 6;
  private static final String LIKELY = "[]=# \"'\\:;\t\r\n\u0000\u00ff";

  @TempDir private Path home;

  @Test
  @Attack("hostile-config")
  void eachFileOfTheCorpusResolvesOrSaysWhatIsWrong() throws IOException {
    var random = new Random(SEED);
    for (Path file : corpus()) {
      Map<String, String> parts = parts(Files.readString(file));
      for (String damaged : List.of("config", "credentials")) {
        byte[] whole = parts.getOrDefault(damaged, "").getBytes(StandardCharsets.UTF_8);
        Stream<byte[]> cut =
            random
                .ints(whole.length == 0 ? 0 : CUTS, 0, whole.length + 1)
                .mapToObj(length -> Arrays.copyOf(whole, length));
        Stream<byte[]> changed =
            Stream.generate(() -> changed(whole, random)).limit(whole.length == 0 ? 0 : CHANGES);
        for (byte[] bytes : Stream.concat(cut, changed).toList()) {
          check(parts, damaged, bytes, "%s, %s, seed %d".formatted(file, damaged, SEED));
        }
      }
    }
  }

  private void check(Map<String, String> parts, String damaged, byte[] bytes, String what)
      throws IOException {
    for (String name : List.of("config", "credentials")) {
      Files.write(
          home.resolve(name),
          name.equals(damaged)
              ? bytes
              : parts.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8));
    }
    var environment =
        CallerEnvironment.of(
            Map.of(
                "HOME", home.toString(),
                "AWS_CONFIG_FILE", home.resolve("config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString()));
    // New for each, or the state before the damage would be kept.
    var profiles = new Profiles(new ConfigReader(new SdkSectionParser()), "base"::equals);
    for (String profile : names(parts)) {
      try {
        String chain = ConfigHome.describe(profiles.resolve(profile, environment));
        assertThat(chain).as(what).isNotEmpty();
      } catch (JvaultException e) {
        assertThat(e.sentence()).as(what).matches("[^\n]+[.?]").doesNotContain("Exception");
      }
    }
  }

  private static byte[] changed(byte[] whole, Random random) {
    byte[] changed = whole.clone();
    char value = LIKELY.charAt(random.nextInt(LIKELY.length()));
    changed[random.nextInt(whole.length)] = (byte) value;
    return changed;
  }

  private static List<String> names(Map<String, String> parts) {
    return Stream.concat(
            Stream.of("dev", "base"),
            SECTION
                .matcher(parts.getOrDefault("config", ""))
                .results()
                .map(header -> header.group(1).replaceFirst("^profile\\s+", "")))
        .distinct()
        .toList();
  }

  /** The parts of a case, as the differential test writes them. */
  private static Map<String, String> parts(String text) {
    var parts = new LinkedHashMap<String, String>();
    Matcher part = PART.matcher(text);
    String name = "title";
    int start = 0;
    while (part.find()) {
      parts.put(name, text.substring(start, part.start()));
      name = part.group(1);
      start = part.end();
    }
    parts.put(name, text.substring(start));
    return parts;
  }

  private static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }
}
