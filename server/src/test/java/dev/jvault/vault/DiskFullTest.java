package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write that fails in the middle. A limit on file sizes simulates a full disk, because setting
 * one needs no privileges.
 */
final class DiskFullTest {
  @TempDir Path parent;

  @Test
  void keepsTheOldFileAndLeavesNoTemporaryFile() throws Exception {
    Path identity = parent.resolve("identity");
    Files.writeString(identity, AgeIdentity.generate().encoded().reveal());
    Path directory = parent.resolve("vault");
    String command = "cat '" + identity + "'";
    try (Vault vault = new Vault(directory, new InMemoryKeyring(), InstantSource.system())) {
      vault.create(
          KeySource.COMMAND, Optional.empty(), Optional.of(command), TestVault.ENVIRONMENT);
      vault.keys().put("dev", TestVault.key("AKIADEV", "secret"));
    }
    byte[] before = Files.readAllBytes(directory.resolve(KeyVault.FILE));

    assertThat(inALimitedProcess(directory))
        .contains("keys.age.bak cannot be written (File too large); nothing was changed.")
        .contains("still 1 key");

    assertThat(directory.resolve(KeyVault.FILE)).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              KeySourceFile.FILE, KeyVault.FILE, KeyVault.BACKUP, VaultLock.FILE);
    }
  }

  private static String inALimitedProcess(Path directory) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LargeKey.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return output;
  }

  /** Replaces the key with one that exceeds the limit. */
  static final class LargeKey {
    private LargeKey() {}

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      try (Vault vault = new Vault(directory, new InMemoryKeyring(), InstantSource.system())) {
        vault.unlock(Optional.empty(), TestVault.ENVIRONMENT);
        try {
          vault.keys().put("dev", TestVault.key("AKIADEV", "x".repeat(100_000)));
        } catch (RuntimeException e) {
          System.out.println(e.getMessage());
        }
        System.out.println("still " + vault.keys().list().size() + " key");
      }
    }
  }
}
