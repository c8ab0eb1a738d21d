package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of the bytes of a config or credentials file, a profile means what its own lines
 * say or gives one sentence that names file and line: never another exception, and never another
 * profile's credentials. Each profile's values carry its number; no two numbers are one byte apart.
 */
final class SourceFuzzTest {
  private static final long SEED = 20261125;
  private static final int SHUFFLES = 400;
  private static final byte[] LIKELY = "[]=# \"\\:\0\t\r".getBytes(StandardCharsets.US_ASCII);

  /** A profile, and the numbers that its chain may be built from beside its own. */
  private static final Map<String, Set<String>> PROFILES =
      Map.of(
          "11", Set.of(),
          "22", Set.of("11"),
          "33", Set.of("11", "22"),
          "44", Set.of("99"),
          "55", Set.of(),
          "66", Set.of("55"),
          "77", Set.of("11"),
          "88", Set.of());

  private static final String CONFIG =
      """
      [profile 11]
      mfa_serial = serial-11
      region = region-11
      [profile 22]
      role_arn = arn:aws:iam::222222222222:role/role-22
      source_profile = 11
      session_tags = tag-22=x,other-22=y
      source_identity = identity-22
      [profile 33]
      role_arn = arn:aws:iam::333333333333:role/role-33
      source_profile = 22
      external_id = external-33
      duration_seconds = 3600
      [sso-session 99]
      sso_start_url = https://portal-99.example.com/start
      sso_region = region-99
      [profile 44]
      sso_session = 99
      sso_account_id = 444444444444
      sso_role_name = role-44
      [profile 55]
      credential_process = process-55 --now
      s3 =
        max_queue_size = 55
      [profile 66]
      role_arn = arn:aws:iam::666666666666:role/role-66
      source_profile = 55
      [profile 77]
      include_profile = 11
      web_identity_token_file = /token-77
      role_arn = arn:aws:iam::777777777777:role/role-77
      """;

  private static final String CREDENTIALS =
      """
      [88]
      aws_access_key_id = AKIA-88
      aws_secret_access_key = secret-88
      aws_session_token = token-88
      [11]
      aws_access_key_id = AKIA-11
      aws_secret_access_key = secret-11
      """;

  private static final Path CONFIG_FILE = Path.of("/home/me/.aws/config");
  private static final Path CREDENTIALS_FILE = Path.of("/home/me/.aws/credentials");
  private final SectionParser parser = new SdkSectionParser();
  private final CallerEnvironment environment = CallerEnvironment.of(Map.of("HOME", "/home/me"));

  @Test
  void allProfilesResolveInTheUnchangedFiles() {
    ProfileSet files = files(CONFIG, CREDENTIALS);
    for (String name : PROFILES.keySet()) {
      assertThat(outcome(files, name)).as(name).contains(" steps: ").contains(name);
    }
  }

  @Test
  @Attack("hostile-config")
  void everyPrefixOfEitherFile() {
    for (int length = 0; length <= CONFIG.length(); length++) {
      check(files(CONFIG.substring(0, length), CREDENTIALS), "config cut at " + length);
    }
    for (int length = 0; length <= CREDENTIALS.length(); length++) {
      check(files(CONFIG, CREDENTIALS.substring(0, length)), "credentials cut at " + length);
    }
  }

  @Test
  @Attack("hostile-config")
  void everyChangeOfOneByteOfEitherFile() {
    var random = new Random(SEED);
    changes(CONFIG, random)
        .forEach(change -> check(files(change.text(), CREDENTIALS), "config: " + change.what()));
    changes(CREDENTIALS, random)
        .forEach(change -> check(files(CONFIG, change.text()), "credentials: " + change.what()));
  }

  @Test
  void theOrderOfSectionsDoesNotMatter() {
    ProfileSet files = files(CONFIG, CREDENTIALS);
    var random = new Random(SEED);
    for (int i = 0; i < SHUFFLES; i++) {
      ProfileSet shuffled = files(shuffled(CONFIG, random), shuffled(CREDENTIALS, random));
      for (String name : PROFILES.keySet()) {
        assertThat(withoutPlaces(outcome(shuffled, name)))
            .isEqualTo(withoutPlaces(outcome(files, name)));
      }
    }
  }

  private record Change(String text, String what) {}

  /** Each byte is left out, and replaced by a line end, by a likely one and by one at random. */
  private static List<Change> changes(String text, Random random) {
    byte[] whole = text.getBytes(StandardCharsets.UTF_8);
    var changes = new ArrayList<Change>();
    for (int at = 0; at < whole.length; at++) {
      if (opensSection(text, at)) {
        continue;
      }
      changes.add(new Change(text.substring(0, at) + text.substring(at + 1), "without " + at));
      for (byte value : new byte[] {'\n', LIKELY[at % LIKELY.length], (byte) random.nextInt(256)}) {
        byte[] changed = whole.clone();
        changed[at] = value;
        changes.add(
            new Change(
                new String(changed, StandardCharsets.UTF_8),
                "byte %d is %d (seed %d)".formatted(at, value, SEED)));
      }
    }
    return changes;
  }

  /** Without a bracket, the lines below belong to the section above by anybody's reading. */
  private static boolean opensSection(String text, int at) {
    int line = text.lastIndexOf('\n', at - 1) + 1;
    return text.charAt(line) == '[' || (at + 1 < text.length() && text.startsWith("\n[", at));
  }

  private void check(ProfileSet files, String what) {
    PROFILES.forEach((name, parts) -> {
      String outcome = outcome(files, name);
      assertThat(outcome).as("%s, %s", name, what).doesNotContain("Exception");
      if (outcome.contains(" steps: ")) {
        for (String other : PROFILES.keySet()) {
          if (!other.equals(name) && !parts.contains(other)) {
            assertThat(outcome).as("%s, %s", name, what).doesNotContain("-" + other);
          }
        }
      } else {
        assertThat(outcome)
            .as("%s, %s", name, what)
            .satisfiesAnyOf(
                sentence -> assertThat(sentence).containsPattern("\\.aws/(config|credentials):\\d"),
                sentence -> assertThat(sentence).startsWith("There is no profile"))
            .doesNotContain("secret-", "token-88", "\n");
      }
    });
  }

  private String outcome(ProfileSet files, String name) {
    try {
      Chain chain =
          new ChainResolver(files, environment, _ -> false, "me").resolve(name, Optional.empty());
      return name
          + " steps: "
          + chain.steps().stream().map(TracedHop::hop).map(SourceFuzzTest::text).toList();
    } catch (JvaultException e) {
      return e.sentence();
    }
  }

  /** All values of a hop, its secrets too. */
  private static String text(Hop hop) {
    return hop instanceof Hop.PlainKey key
        ? key
            + key.secretAccessKey().reveal()
            + key.sessionToken().map(token -> token.reveal()).orElse("")
        : hop.toString();
  }

  private static String withoutPlaces(String outcome) {
    return outcome.replaceAll("\\.aws/(config|credentials):\\d+", "$1");
  }

  private ProfileSet files(String config, String credentials) {
    return new ProfileSet(
        ConfigFile.parse(CONFIG_FILE, config, FileKind.CONFIG, parser),
        ConfigFile.parse(CREDENTIALS_FILE, credentials, FileKind.CREDENTIALS, parser));
  }

  private static String shuffled(String text, Random random) {
    List<String> sections = new ArrayList<>(List.of(text.split("(?m)^(?=\\[)")));
    Collections.shuffle(sections, random);
    return String.join("", sections);
  }
}
