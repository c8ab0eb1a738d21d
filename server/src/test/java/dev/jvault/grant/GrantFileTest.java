package dev.jvault.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of grants that is damaged or comes from elsewhere. */
final class GrantFileTest {
  private static final String HASH = "00".repeat(32);

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  @SuppressWarnings("NullAway.Init")
  private Path state;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void prepare() {
    state = folder.resolve("state");
    OwnerFiles.folder(state);
    file = state.resolve("grants.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"grants\":[{\"id\":",
        "{\"grants\":{}}",
        "{\"grants\":[1]}",
        "{\"grants\":[null]}",
        "{\"grants\":[{\"roles\":{}}]}",
        "\0\0\0\0",
        "{\"grants\":[]} and more {",
      })
  void setsAnUnreadableFileAside(String text) throws IOException {
    Files.writeString(file, text);
    assertThat(open().all()).isEmpty();
    if (!text.endsWith("more {")) {
      assertThat(file).doesNotExist();
      assertThat(state.resolve("grants.json.bad")).hasContent(text);
    }
    works();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"id\":\"../../elsewhere\",\"kind\":\"TERMINAL\"",
        "\"id\":\"..\",\"kind\":\"TERMINAL\"",
        "\"id\":\"\",\"kind\":\"TERMINAL\"",
        "\"id\":\"a/b\",\"kind\":\"TERMINAL\"",
        "\"id\":\"x\",\"kind\":\"ROOT\"",
        "\"id\":\"x\",\"kind\":\"BOUND\"",
        "\"id\":\"x\",\"kind\":\"ENVIRONMENT\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"holder\":\"1 2\"",
        "\"id\":\"x\",\"kind\":\"BOUND\",\"holder\":\"one two\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"made\":\"yesterday\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"roles\":[\"arn:aws:iam::1:role/x\"]",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"tokenHash\":\"\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"tokenHash\":\"abc\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"profile\":\"\"",
        "\"id\":\"x\",\"kind\":\"TERMINAL\",\"previousUntil\":\"2030-01-01T00:00:00Z\"",
      })
  void keepsTheValidGrantsBesideAnInvalidOne(String wrong) throws IOException {
    Files.writeString(folder.resolve("elsewhere"), "untouched");
    String text = "{\"grants\":[" + grant(wrong) + "," + grant(good()) + "]}";
    Files.writeString(file, text);
    Grants grants = open();
    assertThat(grants.all()).extracting(Grant::id).containsExactly("good-terminal");
    assertThat(state.resolve("grants.json.bad")).hasContent(text);
    assertThat(folder.resolve("elsewhere")).hasContent("untouched");
    assertThat(open().all()).extracting(Grant::id).containsExactly("good-terminal");
  }

  @Test
  void readsAFileOfTheFirstVersion() throws IOException {
    Files.writeString(file, "{\"grants\":[" + grant(good()) + "]}");
    assertThat(open().all()).extracting(Grant::made).containsExactly(clock.instant());
    assertThat(state.resolve("grants.json.bad")).doesNotExist();
  }

  @Test
  void survivesAFileThatIsDeepOrLargeOrAFolder() throws IOException {
    Files.writeString(file, "{\"x\":" + "[".repeat(1_000_000));
    assertThat(open().all()).isEmpty();
    Files.writeString(file, " ".repeat(5 << 20));
    assertThat(open().all()).isEmpty();
    assertThat(file).doesNotExist();
    Files.createDirectory(file);
    works();
  }

  @Test
  void survivesAnyDamage() throws IOException {
    Grants grants = open();
    var _ = grants.standing(Grant.Kind.TERMINAL, "dev", CallerEnvironment.of(Map.of()));
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(20_261_125);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int bytes = random.nextInt(4); bytes >= 0; bytes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      assertThat(open().all()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void readsAsManyGrantsAsItWrites() throws IOException {
    write(GrantFile.MOST, 300);

    Grants grants = open();

    assertThat(Files.size(file)).isGreaterThan(4 << 20);
    assertThat(grants.all()).hasSize(GrantFile.MOST);
    assertThat(open().all()).hasSize(GrantFile.MOST);
    assertThat(state.resolve("grants.json.bad")).doesNotExist();
  }

  @Test
  void makesLostTokenFilesAgainWithoutWritingItselfForEach() throws IOException {
    write(GrantFile.MOST, 300);

    Grants grants = open();

    // It was written once, before the first token file, and not again between two of them.
    FileTime written = Files.getLastModifiedTime(file);
    for (Grant grant : grants.all()) {
      FileTime made = Files.getLastModifiedTime(grants.tokenFile(grant.id()));
      assertThat(made).isGreaterThanOrEqualTo(written);
    }
    String token = Files.readString(grants.tokenFile("g7-terminal"));
    assertThat(grants.admit(token)).map(Grant::id).contains("g7-terminal");
  }

  @Test
  void refusesAGrantMoreThanItKeepsAndSaysHowToEndSome() throws IOException {
    write(GrantFile.MOST, 300);
    Grants grants = open();
    var none = CallerEnvironment.of(Map.of());
    assertThatThrownBy(() -> grants.standing(Grant.Kind.TERMINAL, "dev", none))
        .hasMessage(
            "There are 10000 grants, and jvault keeps no more; `jvault grants` lists them, `jvault"
                + " revoke ID` ends one, and `jvault revoke --all` ends all.");
    assertThat(grants.standing(Grant.Kind.TERMINAL, "g7", none).id()).isEqualTo("g7-terminal");

    grants.end(grant -> grant.id().equals("g8-terminal"));

    assertThat(grants.standing(Grant.Kind.TERMINAL, "dev", none).id()).isEqualTo("dev-terminal");
  }

  @Test
  void refusesAGrantIfTheVariablesOfTheOthersFillIt() throws IOException {
    write(300, 30_000);
    Grants grants = open();
    assertThat(grants.all()).hasSize(300);
    assertThatThrownBy(
            () -> grants.standing(Grant.Kind.TERMINAL, "dev", CallerEnvironment.of(Map.of())))
        .hasMessageStartingWith("There are 300 grants, and jvault keeps no more");
  }

  @Test
  void refusesAVariableThatItCouldNotReadAgain() {
    Grants grants = open();
    var tooLong = CallerEnvironment.of(Map.of("AWS_ROLE_SESSION_NAME", "x".repeat(2 << 20)));
    assertThatThrownBy(() -> grants.standing(Grant.Kind.TERMINAL, "dev", tooLong))
        .hasMessage(
            "A variable of this command is too long to be kept with its grant"
                + " (AWS_ROLE_SESSION_NAME has 2097152 characters); shorten it.");
    assertThat(grants.all()).isEmpty();
  }

  @Test
  void dropsGrantsOfProcessesOfAnEarlierBoot() throws IOException {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    Grant bound = open().bound("dev", CallerEnvironment.of(Map.of()), List.of(), self);
    assertThat(open().all()).containsExactly(bound);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"boot\": *\"[^\"]*\"", "\"boot\": \"another\""));
    assertThat(open().all()).isEmpty();
  }

  /** Writes grants whose token files are missing. */
  private void write(int number, int variable) throws IOException {
    String padding = ",\"environment\":{\"AWS_REGION\":\"" + "x".repeat(variable) + "\"}}";
    Files.writeString(
        file,
        IntStream.range(0, number)
            .mapToObj(i ->
                grant(
                        "\"id\":\"g%d-terminal\",\"kind\":\"TERMINAL\",\"profile\":\"g%d\""
                            .formatted(i, i))
                    .replaceFirst("}$", padding))
            .collect(Collectors.joining(",", "{\"grants\":[", "]}")));
  }

  private void works() throws IOException {
    Grants grants = open();
    Grant dev = grants.standing(Grant.Kind.TERMINAL, "dev", CallerEnvironment.of(Map.of()));
    assertThat(open().admit(Files.readString(grants.tokenFile(dev.id())))).contains(dev);
  }

  private static String good() {
    return "\"id\":\"good-terminal\",\"kind\":\"TERMINAL\"";
  }

  private static String grant(String members) {
    String rest =
        (members.contains("profile") ? "" : ",\"profile\":\"dev\"")
            + (members.contains("tokenHash") ? "" : ",\"tokenHash\":\"" + HASH + "\"");
    return "{" + members + rest + ",\"environment\":{\"AWS_REGION\":\"x\"}}";
  }

  private Grants open() {
    return new Grants(state, state.resolve("tokens"), clock);
  }
}
