package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another user tries to put a folder in the place of jvault's, or to be there first. */
final class ParentFolderIT {
  private Jvault jvault;
  private OtherUser stranger;
  private Path shared;

  @BeforeEach
  void start() throws IOException {
    jvault = new Jvault("");
    stranger = new OtherUser(jvault, 65_533);
    mode(jvault.home(), "rwxr-xr-x");
    shared = Files.createDirectory(jvault.home().resolve("shared"));
    jvault.set("JVAULT_HOME", shared.resolve("jv").toString());
  }

  @AfterEach
  void stop() {
    CommandResult _ = jvault.run("stop");
    jvault.close();
  }

  @Test
  @Attack("trusted-parents")
  void aVaultInAFolderThatOthersCanWriteToIsRefused() throws IOException {
    mode(shared, "rwxrwxrwx");
    CommandResult refused = add();
    assertThat(refused.exit()).isEqualTo(ExitCode.VAULT.status());
    assertThat(refused.err())
        .isEqualTo(
            "jvault: Other users can replace jvault's files, because they can write to the folder "
                + shared
                + "; run `chmod go-w '"
                + shared
                + "'`, or set JVAULT_HOME to a folder of your own elsewhere.\n");
    assertThat(shared).isEmptyDirectory();

    mode(shared, "rwxr-xr-x");
    String _ = add().ok();
    assertThat(stranger.run("mv", shared + "/jv", shared + "/old").err()).contains("denied");
    assertThat(stranger.run("rmdir", shared.toString()).exit()).isNotZero();
    assertThat(jvault.run("list", "--credentials").ok()).isEqualTo("main\n");
  }

  @Test
  @Attack("trusted-parents")
  void aDaemonDoesNotStartInAFolderThatHasBeenOpenedToOthers() throws IOException {
    String _ = add().ok();
    String _ = jvault.run("stop").ok();
    mode(shared, "rwxrwxrwx");
    assertThat(jvault.run("list").exit()).isEqualTo(ExitCode.VAULT.status());
  }

  @Test
  @Attack("control-socket")
  void aFolderThatAnotherUserMadeInTmpKeepsNobodyOut() throws IOException {
    // Without JVAULT_HOME, commands look for a daemon of an older version there.
    jvault.unset("JVAULT_HOME");
    Path occupied = Path.of("/tmp/jvault-0");
    boolean free = Files.notExists(occupied);
    if (free) {
      stranger.run("mkdir", "-m", "777", occupied.toString()).ok();
    }
    try {
      String _ = add().ok();
      assertThat(jvault.run("list", "--credentials").ok()).isEqualTo("main\n");
      String _ = jvault.run("stop").ok();
      assertThat(jvault.run("status").ok()).isEqualTo("jvault is not running.\n");
    } finally {
      if (free) {
        Files.delete(occupied);
      }
    }
  }

  private CommandResult add() {
    return jvault.run(
        Map.of("AWS_ACCESS_KEY_ID", Jvault.KEY_ID, "AWS_SECRET_ACCESS_KEY", Jvault.SECRET),
        "add",
        "--env",
        "--no-check",
        "main");
  }

  private static void mode(Path folder, String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }
}
