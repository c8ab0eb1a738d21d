package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpgradeTest {
  @TempDir Path folder;
  private Path versions;
  private Installation own;
  private Instant now = Instant.now();
  private boolean quiet = true;
  private boolean opensAgain = true;
  private boolean foreground;
  private boolean succeeds = true;
  private final List<String> handedOverTo = new CopyOnWriteArrayList<>();

  @BeforeEach
  void install() throws IOException {
    versions = folder.toRealPath().resolve("lib/jvault");
    version("1.0.0");
    Files.createSymbolicLink(versions.resolve("current"), Path.of("1.0.0"));
    own = Installation.of(versions + "/1.0.0/bin/jvault");
  }

  @Test
  void waitsForNothingWhileItsOwnVersionIsCurrent() throws IOException {
    version("2.0.0");

    assertThat(upgrade("").pending()).isEmpty();
  }

  @Test
  void handsOverToTheVersionThatIsCurrent() throws IOException {
    version("2.0.0");
    switchTo("2.0.0");
    Upgrade upgrade = upgrade("");

    assertThat(upgrade.pending()).contains(new Upgrade.Pending("2.0.0", Upgrade.Wait.QUIET));
    upgrade.check();

    await().untilAsserted(() -> assertThat(handedOverTo).containsExactly("2.0.0"));
  }

  @Test
  void handsOverAfterItsOwnFilesHaveGone() throws IOException {
    version("2.0.0");
    switchTo("2.0.0");
    delete(versions.resolve("1.0.0"));

    upgrade("").check();

    await().untilAsserted(() -> assertThat(handedOverTo).containsExactly("2.0.0"));
  }

  @Test
  void waitsUntilNothingIsUnderWay() throws IOException {
    version("2.0.0");
    switchTo("2.0.0");
    quiet = false;

    upgrade("").check();

    assertThat(handedOverTo).isEmpty();
  }

  @Test
  void saysWhyItDoesNotHandOver() throws IOException {
    version("2.0.0");
    switchTo("2.0.0");

    opensAgain = false;
    assertWaits(upgrade(""), Upgrade.Wait.VAULT);
    foreground = true;
    assertWaits(upgrade(""), Upgrade.Wait.FOREGROUND);
    assertWaits(upgrade("2.0.0"), Upgrade.Wait.FAILED);
    Files.delete(versions.resolve("2.0.0/lib/server/a.jar"));
    assertWaits(upgrade(""), Upgrade.Wait.FILES);
  }

  @Test
  void doesNotTryAVersionAgainThatDidNotRun() throws IOException {
    version("2.0.0");
    switchTo("2.0.0");
    succeeds = false;
    Upgrade upgrade = upgrade("");

    upgrade.check();

    await().untilAsserted(() -> assertWaits(upgrade, Upgrade.Wait.FAILED));
    assertThat(handedOverTo).hasSize(1);
  }

  @Test
  void waitsForTheWholeOfAFileThatIsBeingCopied() throws IOException {
    Path next = version("2.0.0");
    Files.writeString(
        next.resolve("files"),
        "1 lib/jvault/2.0.0/lib/server/a.jar\n6 lib/jvault/2.0.0/lib/version\n");
    switchTo("2.0.0");
    assertThat(upgrade("").pending()).contains(new Upgrade.Pending("2.0.0", Upgrade.Wait.QUIET));

    Files.writeString(next.resolve("lib/server/a.jar"), "");

    assertWaits(upgrade(""), Upgrade.Wait.FILES);
  }

  @Test
  void waitsUntilTheFilesOfAVersionWithoutAListNoLongerChange() throws IOException {
    Files.delete(version("2.0.0").resolve("files"));
    switchTo("2.0.0");
    assertWaits(upgrade(""), Upgrade.Wait.FILES);

    now = now.plus(Duration.ofMinutes(1));

    assertThat(upgrade("").pending()).contains(new Upgrade.Pending("2.0.0", Upgrade.Wait.QUIET));
  }

  private void assertWaits(Upgrade upgrade, Upgrade.Wait wait) {
    assertThat(upgrade.pending()).contains(new Upgrade.Pending("2.0.0", wait));
    var before = new ArrayList<>(handedOverTo);
    upgrade.check();
    assertThat(handedOverTo).isEqualTo(before);
  }

  private Upgrade upgrade(String failed) {
    InstantSource clock = () -> now;
    return new Upgrade(
        own,
        clock,
        new Upgrade.Conditions() {
          @Override
          public boolean quiet() {
            return quiet;
          }

          @Override
          public boolean opensAgain() {
            return opensAgain;
          }

          @Override
          public boolean foreground() {
            return foreground;
          }
        },
        failed,
        other -> {
          handedOverTo.add(other.version());
          return succeeds;
        });
  }

  private Path version(String name) throws IOException {
    Path program = versions.resolve(name);
    executable(program.resolve("bin/jvault"));
    executable(program.resolve("lib/runtime/bin/java"));
    Files.writeString(program.resolve("lib/version"), name + "\n");
    Files.writeString(program.resolve("lib/server.jars"), "server/a.jar\n");
    Files.createDirectories(program.resolve("lib/server"));
    Files.writeString(program.resolve("lib/server/a.jar"), "a");
    Files.writeString(
        program.resolve("files"),
        "1 lib/jvault/%1$s/lib/server/a.jar\n6 lib/jvault/%1$s/lib/version\n".formatted(name));
    return program;
  }

  private void switchTo(String name) throws IOException {
    Files.delete(versions.resolve("current"));
    Files.createSymbolicLink(versions.resolve("current"), Path.of(name));
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void executable(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
  }
}
