package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What botocore, and so the AWS CLI and boto3, read from files that were set up. */
final class BotocoreIT {
  /**
   * Prints a line for each pair of files: the settings of [default] and of dev-jvault that are new,
   * and what else is different. Nothing may be, but for files that botocore refused before, too.
   */
  private static final String COMPARE =
      """
      import sys
      from botocore.configloader import load_config
      from botocore.exceptions import ConfigParseError
      folder = sys.argv[1]
      for number in range(int(sys.argv[2])):
          try:
              before = load_config(f"{folder}/{number}.before")
          except (ConfigParseError, UnicodeDecodeError):
              print("refused")
              continue
          after = load_config(f"{folder}/{number}.after")
          profile = after["profiles"].pop("dev-jvault")
          own = before["profiles"].pop("default", {})
          now = after["profiles"].pop("default", {})
          region = now.get("region")
          added = {k: v for k, v in now.items() if k not in own}
          lost = {k: v for k, v in own.items() if now.get(k) != v}
          print(profile["credential_process"].split("/bin/")[1], "|", profile["region"], "|",
                sorted(added), region is not None, "| lost", lost, "| rest", after == before)
      """;

  @TempDir private Path folder;

  @Test
  void readsTheNewProfileAndEverythingElseAsBefore() throws Exception {
    List<ConfigCorpus.Sample> samples = ConfigCorpus.all();
    int number = 0;
    for (ConfigCorpus.Sample sample : samples) {
      var home = new SetupHome(Files.createDirectory(folder.resolve("home" + number)));
      home.write(home.config(), sample.content());
      if (sample.ownKeys()) {
        home.setUp("profile", "dev");
      } else {
        home.setUp("default", "dev", "profile", "dev");
      }
      Files.write(folder.resolve(number + ".before"), sample.content());
      Files.copy(home.config(), folder.resolve(number + ".after"));
      number++;
    }
    List<String> lines = compared(number);
    assertThat(lines).hasSameSizeAs(samples);
    String profile = "jvault credential-process dev \\| eu-west-1 \\| ";
    for (int i = 0; i < lines.size(); i++) {
      String settings =
          samples.get(i).ownKeys() ? "\\[] \\w+" : "\\['credential_process'(, 'region')?] True";
      assertThat(lines.get(i))
          .as(samples.get(i).name())
          .matches("refused|" + profile + settings + " \\| lost \\{} \\| rest True");
    }
    assertThat(
            IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).equals("refused"))
                .mapToObj(i -> samples.get(i).name()))
        .as("files that botocore refused before, too")
        .isSubsetOf(
            "a byte-order mark",
            "bytes that are no UTF-8",
            "a section twice",
            "lines before a section",
            "a broken header");
  }

  private List<String> compared(int count) throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-c", COMPARE, folder.toString(), Integer.toString(count))
            .redirectErrorStream(true)
            .start();
    String out = python.inputReader().readAllAsString();
    assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(python.exitValue()).as(out).isZero();
    return out.lines().toList();
  }
}
