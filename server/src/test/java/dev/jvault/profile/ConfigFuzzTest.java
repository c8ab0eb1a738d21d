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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged config files: the right chain or one sentence, never another exception, and never the
 * values of another profile. Each profile's values carry the profile's own number.
 */
final class ConfigFuzzTest {
  private static final long SEED = 20_261_122;
  private static final int CHANGES = 1500;

  private static final List<String> PROFILES = List.of("11", "22", "33", "44");

  private static final String TEXT =
      """
      # Written by hand
      [default]
      region = default-1

      [profile 11]
      mfa_serial = serial-11-11
      region = region-11
      mfa_process = process-11

      [profile 22]
      role_arn = arn:aws:iam::222222222222:role/role-22
      source_profile = 11
      external_id = external-22
      region = region-22
      s3 =
        max_concurrent_requests = 22
        max_queue_size = 1022

      [profile "33"] ; the third
      region = region-33
        # indented
      role_arn = arn:aws:iam::333333333333:role/role-33
      role_session_name = name-33
      duration_seconds = 3333

      [services unused]
      sts =
        endpoint_url = https://sts-99.example.com

      [profile 44]
      region = region-44
      output = json
      """;

  @TempDir private Path folder;
  private Path file;
  private ConfigReader reader;
  private Profiles profiles;
  private CallerEnvironment environment;

  @BeforeEach
  void files() {
    file = folder.resolve("config");
    reader = new ConfigReader(new SdkSectionParser());
    profiles = new Profiles(reader, StoredKeys.none());
    environment =
        CallerEnvironment.of(Map.of("AWS_CONFIG_FILE", file.toString(), "HOME", folder.toString()));
  }

  @Test
  @Attack("hostile-config")
  void everyPrefixGivesTheRightChainOrOneSentence() throws IOException {
    byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
    Files.write(file, whole);
    var complete = PROFILES.stream().map(this::outcome).toList();
    assertThat(complete).allMatch(outcome -> outcome.startsWith("key "));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      for (int i = 0; i < PROFILES.size(); i++) {
        String name = PROFILES.get(i);
        int next = i + 1 < PROFILES.size() ? TEXT.indexOf(PROFILES.get(i + 1) + "]") : whole.length;
        if (i == 1) {
          next = TEXT.indexOf("[profile \"33");
        }
        if (length >= next) {
          assertThat(outcome(name)).as("%s of %d bytes", name, length).isEqualTo(complete.get(i));
        } else {
          assertOwn(name, outcome(name), "prefix of " + length);
        }
      }
    }
  }

  @Test
  @Attack("hostile-config")
  void everyChangedByteGivesAChainOfOwnValuesOrOneSentence() throws IOException {
    byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
    var random = new Random(SEED);
    for (int i = 0; i < CHANGES; i++) {
      int at = random.nextInt(whole.length);
      byte[] changed = whole.clone();
      changed[at] = interesting(random);
      Files.write(file, changed);
      for (String name : PROFILES) {
        String what = "byte %d is %d".formatted(at, changed[at]);
        String outcome = outcome(name);
        if (!opensSection(at)) {
          assertOwn(name, outcome, what);
        }
      }
    }
  }

  @Test
  @Attack("hostile-config")
  void randomTextIsReadWithoutAnotherException() throws IOException {
    var random = new Random(SEED);
    String[] pieces = {
      "[",
      "]",
      "profile ",
      "11",
      "\"",
      "'",
      "\\",
      "=",
      ":",
      "\n",
      "\r",
      "\r\n",
      " ",
      "\t",
      "#",
      ";",
      "role_arn",
      "source_profile",
      "region",
      "\uFEFF",
      "\u0000",
      "é",
      "default",
      "services "
    };
    for (int i = 0; i < CHANGES; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Files.writeString(file, text);
      for (String name : List.of("11", "default")) {
        assertThat(outcome(name)).doesNotContain("\n", "Exception");
      }
      profiles.list(environment);
      profiles.dependingOn("11", environment);
      reader.filtered(environment).texts();
    }
  }

  /** Without the bracket, a section's lines belong to the profile above by anybody's reading. */
  private static boolean opensSection(int at) {
    return TEXT.startsWith("\n[", at) || TEXT.startsWith("\n[", at - 1);
  }

  private void assertOwn(String name, String outcome, String what) {
    assertThat(outcome).as("%s: %s", name, what).doesNotContain("\n", "Exception");
    if (outcome.startsWith("key ")) {
      for (String other : PROFILES) {
        boolean builtOn = name.equals("22") && other.equals("11");
        if (!other.equals(name) && !builtOn) {
          assertThat(outcome)
              .as("%s: %s", name, what)
              .doesNotContain("-" + other, "/role-" + other, "key " + other);
        }
      }
      assertThat(outcome).as("%s: %s", name, what).doesNotContain("sts-99");
    }
  }

  private String outcome(String name) {
    try {
      return ConfigHome.describe(profiles.resolve(name, environment));
    } catch (JvaultException e) {
      return e.sentence();
    }
  }

  private static byte interesting(Random random) {
    String likely = "[]=:#; \t\n\r\"'\\\u0000";
    return random.nextBoolean()
        ? (byte) likely.charAt(random.nextInt(likely.length()))
        : (byte) random.nextInt(256);
  }
}
