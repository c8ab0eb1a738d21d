package dev.jvault.conformance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md says of each statement which test shows it, and of no other. */
final class SecurityPageTest {
  private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "../SECURITY.md");

  @Test
  void eachStatementHasATestAndEachMarkedTestAStatement() throws IOException {
    var page = new SecurityPage(Files.readString(PAGE));

    assertThat(page.problems(allTests())).isEmpty();
  }

  /** Writes the page if the tests have changed, so that a second run passes. */
  @Test
  void thePageListsTheTestsThatThereAre() throws IOException {
    String text = Files.readString(PAGE);
    String generated = new SecurityPage(text).with(allTests());

    if (!generated.equals(text)) {
      Files.writeString(PAGE, generated);
    }

    assertThat(Stream.concat(without(text, generated), without(generated, text)))
        .as("lines of SECURITY.md that differ from the tests. It is rewritten now: commit it")
        .isEmpty();
  }

  @Test
  void aStatementIsFollowedByItsTests() {
    var page =
        new SecurityPage("**Holds**\n\n- `one`: One holds.\n  - `GoneTest`: is gone\n\nEnd\n");

    assertThat(page.with(sampleTests()))
        .isEqualTo(
            """
            **Holds**

            - `one`: One holds.
              - `SampleTest`: a name of several words; another Name

            End
            """);
  }

  @Test
  void whatIsMissingIsNamed() {
    var page =
        new SecurityPage("**Holds**\n- `none`: It holds.\n- `none`: It holds.\n- It holds.\n");

    assertThat(page.problems(sampleTests()))
        .containsExactly(
            "no test is marked with @Attack(\"none\"), so nothing shows it",
            "SECURITY.md has the statement none twice",
            "no test is marked with @Attack(\"none\"), so nothing shows it",
            "the statement has no short name: - It holds.",
            "SECURITY.md has no statement one:"
                + " {SampleTest=[a name of several words, another Name]}",
            "SECURITY.md has no statement two: {SampleTest=[is no test]}",
            "no build runs SampleTest.isNoTest: it is no test");
  }

  @Test
  void whatDoesNotHoldNeedsNoTest() {
    var page =
        new SecurityPage("**Holds**\n- `one`: x\n- `two`: x\n\n**Does not hold**\n- Anything.\n");

    assertThat(page.problems(sampleTests()))
        .containsExactly("no build runs SampleTest.isNoTest: it is no test");
  }

  private static Stream<String> without(String text, String other) {
    Set<String> others = other.lines().collect(toSet());
    return text.lines().filter(line -> !others.contains(line));
  }

  private static AttackTests allTests() {
    Path server = classes();
    Path client = server.resolve("../../../client/target/test-classes").normalize();
    assertThat(client).as("the client's tests, which are compiled first").isDirectory();
    return AttackTests.in(server.resolve("dev"), client.resolve("dev"));
  }

  private static AttackTests sampleTests() {
    var tests = new AttackTests();
    tests.add("one", "SampleTest", "a name of several words");
    tests.add("one", "SampleTest", "another Name");
    tests.add("two", "SampleTest", "is no test");
    tests.addNeverRun("SampleTest.isNoTest");
    return tests;
  }

  private static Path classes() {
    try {
      return Path.of(
          SecurityPageTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
