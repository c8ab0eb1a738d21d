package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.testing.Attack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hostile config files: long chains, many profiles, many sections of one name. */
@Timeout(60)
final class LongChainsTest {
  private static final String KEY = "[profile base]\ncredential_process = x\n";

  @TempDir private Path folder;
  private final AtomicInteger parses = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void aChainOfTheGreatestLengthResolves() throws Exception {
    assertThat(problem(chain(15) + KEY)).isEqualTo("16 hops");
  }

  @Test
  @Attack("short-chains")
  void aLongerChainIsRefusedWithTheLineThatMakesItTooLong() throws Exception {
    assertThat(problem(chain(16) + KEY))
        .isEqualTo(
            "source_profile (~:48) makes the chain of profile p0 longer than 16 profiles, the most"
                + " that jvault follows; shorten the chain.");
  }

  @Test
  void aLoopThatIsLongerThanAChainMayBeIsRefused() throws Exception {
    assertThat(problem(chain(2_000).replace("= base\n", "= p0\n"))).contains("longer than 16");
  }

  @Test
  void asManyIncludesAsAreAllowedResolve() throws Exception {
    assertThat(problem(includes(16) + KEY)).isEqualTo("1 hops");
  }

  @Test
  @Attack("short-chains")
  void anIncludeMoreIsRefusedWithItsLine() throws Exception {
    assertThat(problem(includes(17) + KEY))
        .isEqualTo(
            "Profile p0 is broken: include_profile (~:34) includes one profile more than 16, the"
                + " most that jvault follows; shorten the chain.");
  }

  /** Twice the profiles take twice the steps, and not four or eight times as many. */
  @Test
  @Attack("short-chains")
  void aListTakesStepsInProportionToItsProfiles() throws Exception {
    for (IntFunction<String> config :
        List.<IntFunction<String>>of(
            n -> chain(n) + KEY,
            n -> includes(n) + KEY,
            LongChainsTest::withLoops,
            LongChainsTest::onOneChain)) {
      int some = stepsOfList(config.apply(200));
      int twice = stepsOfList(config.apply(400));
      assertThat(twice).isBetween(some, 2 * some + 64);
    }
  }

  @Test
  void aListParsesEachSectionOnce() throws Exception {
    int _ = stepsOfList(chain(400) + KEY);
    assertThat(parses.get()).isLessThanOrEqualTo(401);
  }

  @Test
  @Attack("short-chains")
  void aProfileWithAHundredThousandSectionsIsRead() throws Exception {
    String config = "[profile p0]\nregion = eu-west-1\n".repeat(100_000) + KEY;
    assertThat(problem(config + "[profile p0]\nsource_profile = base\n")).isEqualTo("1 hops");
  }

  /** Profiles that each take a role with the one before, from the key up. */
  private static String chain(int length) {
    return profiles(
        length,
        number ->
            "role_arn = arn:aws:iam::222222222222:role/r\nsource_profile = "
                + (number == length - 1 ? "base" : "p" + (number + 1)));
  }

  private static String includes(int length) {
    return profiles(
        length,
        number -> "include_profile = " + (number == length - 1 ? "base" : "p" + (number + 1)));
  }

  /** Pairs of profiles whose loops name each other, and so a sentence for each. */
  private static String withLoops(int length) {
    return profiles(length, number -> "source_profile = p" + (number ^ 1));
  }

  /** Profiles that all stand on one chain of the greatest length. */
  private static String onOneChain(int length) {
    return chain(14).replace("[profile p", "[profile q").replace("= p", "= q")
        + KEY
        + profiles(length, _ -> "role_arn = arn:aws:iam::222222222222:role/r\nsource_profile = q0");
  }

  private static String profiles(int count, IntFunction<String> lines) {
    return IntStream.range(0, count)
        .mapToObj(number -> "[profile p%d]\n%s\n".formatted(number, lines.apply(number)))
        .collect(Collectors.joining());
  }

  private int stepsOfList(String config) throws Exception {
    parses.set(0);
    steps.set(0);
    Profiles profiles = profiles();
    List<ListedProfile> list = profiles.list(environment(config));
    assertThat(list).hasSizeGreaterThan(100);
    return steps.get();
  }

  private String problem(String config) throws Exception {
    Profiles profiles = profiles();
    ListedProfile first = profiles.list(environment(config)).getFirst();
    return first
        .chain()
        .map(chain -> chain.hops().size() + " hops")
        .orElseGet(() ->
            first
                .summary()
                .problem()
                .orElseThrow()
                .replace(folder.resolve("config").toString(), "~"));
  }

  /** Each look at the stored keys is a step of a chain. */
  private Profiles profiles() {
    var parser = new SdkSectionParser();
    return new Profiles(
        new ConfigReader(lines -> {
          parses.incrementAndGet();
          return parser.parse(lines);
        }),
        _ -> {
          steps.incrementAndGet();
          return false;
        },
        "sam");
  }

  private CallerEnvironment environment(String config) throws Exception {
    Path file = Files.writeString(folder.resolve("config"), config);
    return CallerEnvironment.of(
        Map.of("AWS_CONFIG_FILE", file.toString(), "HOME", folder.toString()));
  }
}
