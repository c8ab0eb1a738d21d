package dev.jvault.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are started with their arguments as they are. */
final class HelperProgramTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path bin;

  @Test
  void argumentsAndInputArriveUnchanged() throws HelperFailedException {
    var program = new FakeProgram(bin, "helper", "cat");
    List<String> arguments = List.of("a b", "$(id)", "", "'\"\\", "-x");
    assertThat(helper(arguments, MINUTE).output("x\ny", () -> true)).isEqualTo("x\ny");
    assertThat(program.arguments()).isEqualTo(arguments);
  }

  @Test
  void inputThatIsNotReadIsNoError() throws HelperFailedException {
    var _ = new FakeProgram(bin, "helper", "exec 0<&-; echo done");
    assertThat(helper(List.of(), MINUTE).output("x".repeat(1 << 20), () -> true))
        .isEqualTo("done\n");
  }

  @Test
  @Attack("helpers-bounded")
  void itHasALimitedTimeAndEndsWithItsChildren() {
    var program = endless();
    assertThatThrownBy(() -> helper(List.of(), Duration.ofSeconds(1)).output("", () -> true))
        .isInstanceOf(HelperFailedException.class)
        .hasMessage("did not end within 1 seconds");
    await().until(() -> !alive(program));
  }

  @Test
  void itEndsWithTheThreadThatWaitsForIt() throws InterruptedException {
    var program = endless();
    Thread waiting =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() -> helper(List.of(), MINUTE).output("", () -> true))
                    .hasMessage("was interrupted"));
    await().until(() -> !program.lines("child").isEmpty());
    waiting.interrupt();
    waiting.join();
    await().until(() -> !alive(program));
  }

  @Test
  void onlyAbsoluteFoldersOfThePathCount() {
    var _ = new FakeProgram(bin, "helper", "");
    Path there = Path.of("").toAbsolutePath().relativize(bin.toAbsolutePath());
    assertThat(HelperProgram.find("helper", Map.of("PATH", there + "::."))).isEmpty();
    assertThat(HelperProgram.find("helper", Map.of())).isEmpty();
    assertThat(HelperProgram.find("helper", Map.of("PATH", "/none:" + bin)))
        .contains(bin.resolve("helper"));
    assertThat(HelperProgram.find(bin.resolve("helper").toString(), Map.of()))
        .contains(bin.resolve("helper"));
    assertThat(HelperProgram.find(bin.toString(), Map.of())).isEmpty();
  }

  private FakeProgram endless() {
    return new FakeProgram(bin, "helper", "sleep 600 & echo $! >\"$notes/child\"; wait");
  }

  private static boolean alive(FakeProgram program) {
    long child = Long.parseLong(program.lines("child").getFirst());
    return program.process().isPresent()
        || ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent();
  }

  private HelperProgram helper(List<String> arguments, Duration limit) {
    return new HelperProgram(
        "helper", arguments, Map.of("PATH", bin + ":/usr/bin:/bin", "HOME", bin.toString()), limit);
  }
}
