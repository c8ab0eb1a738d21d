package dev.jvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jvault.files.OwnerFiles;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditLogTest {
  private static final AuditFilter ALL =
      new AuditFilter(Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final Instant start = clock.instant();
  private Path path = Path.of("/nowhere");

  @BeforeEach
  void name() {
    path = folder.resolve("state/audit.log");
  }

  @Test
  void writesOneJsonObjectPerLine() throws IOException {
    try (var audit = audit()) {
      audit.record(Issuances.of("dev", start));
    }
    assertThat(path)
        .hasContent(
            "{\"time\":\"2030-01-02T03:04:05Z\",\"profile\":\"dev\",\"way\":\"container\","
                + "\"grant\":\"dev-terminal\",\"pid\":4711,\"executable\":\"/usr/bin/aws\","
                + "\"uid\":1000,\"accessKeyId\":\"ASIAEXAMPLE\","
                + "\"expiration\":\"2030-01-02T04:04:05Z\"}\n");
  }

  @Test
  @Attack("audit")
  void appendsToAFileThatOnlyItsOwnerCanRead() throws IOException {
    try (var audit = audit()) {
      audit.record(Issuances.of("dev", start));
    }
    try (var audit = audit()) {
      audit.record(Issuances.of("ops", start));
      assertThat(audit.read(ALL))
          .extracting(e -> e.issuance().profile())
          .containsExactly("dev", "ops");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesTheFirstIssuanceAtOnceAndCountsTheFollowing() throws IOException {
    var audit = audit();
    for (int i = 0; i < 5; i++) {
      audit.record(Issuances.of("dev", clock.instant()));
      clock.advance(Duration.ofMinutes(1));
      audit.flush();
      assertThat(lines()).hasSize(i < 4 ? 1 : 2);
    }
    assertThat(lines().getLast())
        .contains("\"time\":\"2030-01-02T03:08:05Z\"")
        .endsWith(",\"times\":4,\"since\":\"2030-01-02T03:05:05Z\"}");

    audit.record(Issuances.of("dev", clock.instant()));
    assertThat(lines()).as("a new window").hasSize(3);
    clock.advance(Duration.ofHours(1));
    audit.flush();
    audit.close();
    assertThat(lines()).as("nothing was counted").hasSize(3);
  }

  @Test
  void endsAWindowEvenWithoutAFlush() throws IOException {
    var audit = audit();
    audit.record(Issuances.of("dev", clock.instant()));
    clock.advance(Duration.ofMinutes(4));
    audit.record(Issuances.of("dev", clock.instant()));
    clock.advance(Duration.ofMinutes(1));
    audit.record(Issuances.of("dev", clock.instant()));

    assertThat(audit.read(ALL))
        .extracting(
            AuditEntry::times, e -> Duration.between(start, e.issuance().time()).toMinutes())
        .containsExactly(tuple(1L, 0L), tuple(1L, 4L), tuple(1L, 5L));
    audit.close();
    assertThat(lines()).hasSize(3);
  }

  @Test
  void endsAWindowWhenTheClockIsSetBack() throws IOException {
    var audit = audit();
    audit.record(Issuances.of("dev", clock.instant()));
    audit.record(Issuances.of("dev", clock.instant()));
    clock.advance(Duration.ofHours(-2));
    audit.flush();

    assertThat(lines()).hasSize(2);
    audit.close();
  }

  @Test
  void countsEachClientSeparately() throws IOException {
    Issuance one = Issuances.of("dev", start);
    try (var audit = audit()) {
      audit.record(one);
      audit.record(Issuances.of("ops", start));
      audit.record(Issuances.of("dev", 4712, start));
      audit.record(Issuances.of("dev", 4712, start.plusSeconds(1)));
      assertThat(lines()).hasSize(3);
      assertThat(audit.read(ALL)).as("with what is counted").hasSize(4);
    }
    assertThat(lines()).as("written at the end").hasSize(4);
  }

  @Test
  void furtherProcessesShareTheEntryOfTheirProgram() throws IOException {
    try (var audit = audit()) {
      for (int pid = 0; pid < 3 * AuditWindows.MOST; pid++) {
        audit.record(Issuances.of("dev", pid, start));
      }
      audit.record(Issuances.of("dev", 0, start));
      assertThat(lines()).hasSize(AuditWindows.MOST + 1);

      List<AuditEntry> all = audit.read(ALL);

      assertThat(all.stream().mapToLong(AuditEntry::times).sum())
          .isEqualTo(3 * AuditWindows.MOST + 1);
      assertThat(all)
          .filteredOn(entry -> entry.times() > 1)
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.issuance().pid()).isEmpty();
            assertThat(entry.issuance().executable()).contains("/usr/bin/aws");
            assertThat(entry.times()).isEqualTo(2 * AuditWindows.MOST - 1);
          });
    }
  }

  @Test
  @Attack("audit")
  void noNumberOfGrantsTurnsTheHistoryOver() throws IOException {
    try (var audit = audit()) {
      for (int i = 0; i < 20 * AuditWindows.MOST; i++) {
        audit.record(Issuances.of("dev", "bound-" + i, i, start));
      }
    }
    assertThat(lines()).hasSizeLessThan(3 * AuditWindows.MOST + 10);
  }

  @Test
  void keepsFiveOldFiles() throws IOException {
    try (var audit = audit()) {
      String longest = "x".repeat(20_000);
      for (int i = 0; i < 500; i++) {
        audit.record(Issuances.of(i + longest, start.plusSeconds(i)));
      }
      audit.record(Issuances.of("dev", start.plusSeconds(500)));
      List<AuditEntry> all = audit.read(ALL);
      assertThat(all.size()).isBetween(5 * 26, 6 * 27);
      assertThat(all.stream().map(e -> e.issuance().time()).toList()).isSorted();
      assertThat(all.getLast().issuance().profile()).isEqualTo("dev");
    }
    try (var files = Files.list(folder.resolve("state"))) {
      assertThat(files).hasSize(6).allMatch(file -> file.toFile().length() < 1_100_000);
    }
  }

  @Test
  void filtersByProfileTimeAndNumber() throws IOException {
    try (var audit = audit()) {
      audit.record(Issuances.of("dev", start));
      audit.record(Issuances.of("ops", start.plusSeconds(1)));
      audit.record(Issuances.of("dev", 1, start.plusSeconds(2)));
      audit.record(Issuances.of("dev", 2, start.plusSeconds(3)));

      assertThat(audit.read(new AuditFilter(Optional.of("ops"), Optional.empty(), 9))).hasSize(1);
      assertThat(audit.read(new AuditFilter(Optional.of("d"), Optional.empty(), 9))).isEmpty();
      assertThat(
              audit.read(new AuditFilter(Optional.empty(), Optional.of(start.plusSeconds(2)), 9)))
          .extracting(e -> e.issuance().pid().orElse(0))
          .containsExactly(1L, 2L);
      assertThat(audit.read(new AuditFilter(Optional.of("dev"), Optional.empty(), 2)))
          .as("the newest")
          .extracting(e -> e.issuance().pid().orElse(0))
          .containsExactly(1L, 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb\r\u2028c\u2029\u0085",
        "\u001b[2J\u009b2J\u0007\u0000\u007f",
        "\u202e\u2066\ufeff",
        "\udb40\udc01 tag",
        "\"\\,{}[]/\u00e9\ud83d\ude00",
        "\ud83d alone",
        "",
      })
  @Attack("audit")
  void holdsEveryCharacterAndBreaksNoLine(String text) throws IOException {
    Issuance issuance = Issuances.hostile(text, start);
    try (var audit = audit()) {
      audit.record(issuance);
      assertThat(audit.read(ALL)).containsExactly(AuditEntry.once(issuance));
    }
    String content = Files.readString(path);
    assertThat(content.indexOf('\n')).isEqualTo(content.length() - 1);
    assertThat(content.strip()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  /** The longest path of Linux, with each byte escaped. */
  @Test
  void holdsTheLongestPath() throws IOException {
    Issuance issuance = Issuances.hostile("\u001b".repeat(4096), start);
    try (var audit = audit()) {
      audit.record(issuance);
      assertThat(audit.read(ALL).equals(List.of(AuditEntry.once(issuance)))).isTrue();
    }
  }

  @Test
  void skipsLinesThatCannotBeRead() throws IOException {
    String good = AuditJson.line(AuditEntry.once(Issuances.of("dev", start)));
    OwnerFiles.folder(folder.resolve("state"));
    Files.write(
        path,
        List.of(
            "",
            "no JSON",
            "[]",
            "{}",
            "null",
            "{\"time\":\"2030-01-02T03:04:05Z\",\"profile\":\"a\",\"way\":\"telepathy\"}",
            good.replace("2030", "twenty-thirty"),
            good.replace("4711", "\"4711"),
            good.replace("1000", "-"),
            good.substring(0, 50),
            good.replace("\"pid\"", "\"later\":[{\"a\":1}],\"pid\""),
            good));
    Files.write(path, new byte[] {'{', '"', (byte) 0xff, 0, '\n'}, StandardOpenOption.APPEND);
    try (var audit = audit()) {
      assertThat(audit.read(ALL))
          .hasSize(2)
          .allMatch(e -> e.equals(AuditEntry.once(Issuances.of("dev", start))));
    }
  }

  @Test
  void startsANewLineAfterAnIncompleteOne() throws IOException {
    OwnerFiles.folder(folder.resolve("state"));
    Files.writeString(path, "{\"time\":\"2030-01");
    try (var audit = audit()) {
      audit.record(Issuances.of("dev", start));
      assertThat(audit.read(ALL)).hasSize(1);
    }
    assertThat(lines()).hasSize(2);
  }

  @Test
  void recordsIssuancesFromManyThreads() throws Exception {
    try (var audit = audit();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 400; i++) {
        long pid = i % 100;
        tasks.add(() -> {
          audit.record(Issuances.of("dev", pid, start));
          audit.flush();
          return audit.read(ALL).size() <= 200;
        });
      }
      for (Future<Boolean> fits : threads.invokeAll(tasks)) {
        assertThat(fits.get()).isTrue();
      }
      assertThat(lines()).hasSize(100);
      assertThat(audit.read(ALL).stream().mapToLong(AuditEntry::times).sum()).isEqualTo(400);
    }
    assertThat(lines()).hasSize(200);
  }

  @Test
  void recreatesTheFileAfterItWasRemoved() throws IOException {
    try (var audit = audit()) {
      audit.record(Issuances.of("dev", start));
      Files.delete(path);
      audit.record(Issuances.of("ops", start));
      assertThat(audit.read(ALL)).extracting(e -> e.issuance().profile()).containsExactly("ops");
    }
  }

  @Test
  void reportsTroubleAndContinuesAfterIt() throws IOException {
    OwnerFiles.folder(folder.resolve("state"));
    Files.createDirectories(path.resolve("in/the/way"));
    try (var audit = audit()) {
      assertThat(audit.trouble()).isEmpty();
      audit.record(Issuances.of("dev", start));
      audit.record(Issuances.of("ops", start));
      assertThat(audit.trouble().orElse(""))
          .startsWith("audit entries missing in " + path + ": 2 (");
      assertThat(audit.read(ALL)).isEmpty();

      Files.delete(path.resolve("in/the/way"));
      Files.delete(path.resolve("in/the"));
      Files.delete(path.resolve("in"));
      Files.delete(path);
      audit.record(Issuances.of("third", start));
      assertThat(audit.trouble()).isEmpty();
      assertThat(lines()).hasSize(1);
    }
  }

  @Test
  void recordsNothingAfterClose() throws IOException {
    var audit = audit();
    audit.close();
    audit.record(Issuances.of("dev", start));
    assertThat(path).doesNotExist();
    assertThat(audit.read(ALL)).isEmpty();
    assertThat(audit.trouble()).isEmpty();
  }

  private AuditLog audit() {
    return new AuditLog(path, clock);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(path);
  }
}
