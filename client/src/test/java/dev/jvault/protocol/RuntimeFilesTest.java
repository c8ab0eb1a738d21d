package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One vault has one place for its daemon, whatever else the caller's variables say. */
final class RuntimeFilesTest {
  @TempDir Path folder;

  @Test
  void theControlSocketFollowsFromTheHomeAlone() {
    RuntimeFiles cron = RuntimeFiles.of(Map.of("HOME", "/home/me"), "Linux");
    RuntimeFiles session =
        RuntimeFiles.of(
            Map.of("HOME", "/home/me", "XDG_RUNTIME_DIR", "/run/user/1000", "TMPDIR", "/var/tmp"),
            "Linux");

    assertThat(session).isEqualTo(cron);
    assertThat(cron.controlSocket())
        .isEqualTo(Path.of("/home/me/.local/share/jvault/run/control.sock"));
    assertThat(cron.daemonLock()).isEqualTo(Path.of("/home/me/.local/share/jvault/daemon.lock"));
  }

  @Test
  void theControlSocketFollowsTheVaultIntoAnotherFolderOfData() {
    RuntimeFiles files =
        RuntimeFiles.of(Map.of("HOME", "/home/me", "XDG_DATA_HOME", "/data"), "Linux");

    assertThat(files.controlSocket()).isEqualTo(Path.of("/data/jvault/run/control.sock"));
    assertThat(files.daemonLock()).isEqualTo(Path.of("/data/jvault/daemon.lock"));
  }

  @Test
  void theControlSocketIsBesideTheVaultOnMacOs() {
    RuntimeFiles files =
        RuntimeFiles.of(Map.of("HOME", "/Users/me", "TMPDIR", "/var/folders/x"), "Mac OS X");

    assertThat(files.controlSocket())
        .isEqualTo(Path.of("/Users/me/Library/Application Support/jvault/run/control.sock"));
  }

  @Test
  void theHomeIsTheOneThatTheSystemKnowsIfTheVariableIsNotSet() {
    assertThat(RuntimeFiles.of(Map.of("HOME", ""), "Linux").vault())
        .isEqualTo(RuntimeFiles.of(Map.of(), "Linux").vault())
        .startsWithRaw(Path.of(System.getProperty("user.home")));
  }

  @Test
  void aRelativeHomeIsInTheWorkingFolder() {
    assertThat(RuntimeFiles.of(Map.of("JVAULT_HOME", "jv"), "Linux").run())
        .isEqualTo(Path.of("jv/run").toAbsolutePath());
  }

  @Test
  void theRealPathsOutliveAChangedLink() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), one);
    RuntimeFiles files = RuntimeFiles.of(Map.of("JVAULT_HOME", link.toString()), "Linux");

    assertThat(files.run()).isEqualTo(link.resolve("run"));
    assertThat(files.real().run()).isEqualTo(one.toRealPath().resolve("run"));
  }
}
