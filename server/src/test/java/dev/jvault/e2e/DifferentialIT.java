package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Compares the requests of the packaged program with those of botocore, and with what aws-vault is
 * known to send, for the config files in {@code src/test/differential/corpus}.
 */
final class DifferentialIT {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).resolve("..");
  private static final int LONGEST_MINUTES = 10;

  @Test
  void eachDifferenceFromBotocoreAndAwsVaultIsExplained() throws IOException, InterruptedException {
    Process compared =
        new ProcessBuilder("server/src/test/differential/run.py", "--check")
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .start();
    compared.getOutputStream().close();
    CompletableFuture<String> reading =
        CompletableFuture.supplyAsync(() -> text(compared), Thread::startVirtualThread);
    boolean ended = compared.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      compared.descendants().forEach(ProcessHandle::destroyForcibly);
      compared.destroyForcibly();
    }
    String output = reading.join();
    assertThat(ended).as(output).isTrue();
    assertThat(compared.exitValue()).as(output).isZero();
  }

  private static String text(Process process) {
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.readAllAsString();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
