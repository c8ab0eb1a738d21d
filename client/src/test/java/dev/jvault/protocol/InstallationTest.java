package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  @TempDir Path folder;
  private Path prefix;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    prefix = folder.resolve("a prefix");
    launcher = launcher(prefix);
  }

  @Test
  void namesTheCommandThatStaysOverUpgrades() throws IOException {
    Files.createDirectories(prefix.resolve("bin"));
    Files.createSymbolicLink(
        prefix.resolve("bin/jvault"), Path.of("../lib/jvault/current/bin/jvault"));

    Installation installation = Installation.of(launcher.toString());

    assertThat(installation.command()).isEqualTo(prefix.resolve("bin/jvault"));
    assertThat(installation.current()).contains(prefix.resolve("lib/jvault/current"));
    assertThat(installation.folder()).isEqualTo(prefix.resolve("lib/jvault/1.2.3"));
  }

  @Test
  void namesTheLauncherIfThePrefixHasNoCommand() {
    assertThat(Installation.of(launcher.toString()).command()).isEqualTo(launcher);
  }

  @Test
  void namesTheLinksThatHomebrewSwitches() throws IOException {
    Path brew = folder.resolve("brew");
    Path kept = launcher(brew.resolve("Cellar/jvault/1.2.3"));
    Files.createDirectories(brew.resolve("bin"));
    Files.createSymbolicLink(brew.resolve("bin/jvault"), kept);

    Installation installation = Installation.of(kept.toString());

    assertThat(installation.command()).isEqualTo(brew.resolve("bin/jvault"));
    assertThat(installation.current()).contains(brew.resolve("opt/jvault/lib/jvault/current"));
  }

  @Test
  void hasNoOtherVersionsOutsideOfAPrefix() {
    Installation installation = Installation.of("/opt/jvault/bin/jvault");

    assertThat(installation.command()).hasToString("/opt/jvault/bin/jvault");
    assertThat(installation.current()).isEmpty();
  }

  private static Path launcher(Path prefix) throws IOException {
    Path version = Files.createDirectories(prefix.resolve("lib/jvault/1.2.3"));
    Files.createSymbolicLink(version.resolveSibling("current"), version.getFileName());
    Path launcher = Files.createDirectories(version.resolve("bin")).resolve("jvault");
    Files.writeString(launcher, "");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("r-xr-xr-x"));
    return launcher;
  }
}
