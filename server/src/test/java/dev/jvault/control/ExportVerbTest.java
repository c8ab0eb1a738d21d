package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.ControlResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}: the lines of each format. */
final class ExportVerbTest {
  @TempDir Path home;

  @Test
  void theDefaultFormatHasTheNamesAndTheOrderOfAwsVault() {
    try (VerbRunner runner = VerbRunner.withKeys(home)) {
      ControlResponse reply = runner.caller().call("export", "profile=deploy", "region=eu-west-1");
      assertThat(
              VerbRunner.succeeded(reply)
                  .body()
                  .lines()
                  .map(line -> line.substring(0, line.indexOf('='))))
          .containsExactly(
              "AWS_ACCESS_KEY_ID",
              "AWS_SECRET_ACCESS_KEY",
              "AWS_SESSION_TOKEN",
              "AWS_CREDENTIAL_EXPIRATION",
              "AWS_REGION",
              "AWS_DEFAULT_REGION");
    }
  }

  @Test
  void aLongLivedKeyIsNeverPrintedUnlessAskedFor() {
    try (VerbRunner runner = VerbRunner.withKeys(home)) {
      ControlResponse session = runner.caller().call("export", "profile=dev", "format=ini");
      assertThat(VerbRunner.succeeded(session).body())
          .startsWith("[dev]\n")
          .doesNotContain(VerbRunner.KEY_SECRET);
      ControlResponse key = runner.caller().call("export", "profile=dev", "no-session=true");
      assertThat(VerbRunner.succeeded(key).body()).contains(VerbRunner.KEY_SECRET);
    }
  }

  @Test
  void anUnknownFormatIsAnsweredWithThoseThereAre() {
    try (VerbRunner runner = VerbRunner.withKeys(home)) {
      ControlResponse reply = runner.caller().call("export", "profile=dev", "format=jsn");
      assertThat(reply.exit()).isEqualTo(ExitCode.USAGE.status());
    }
  }
}
