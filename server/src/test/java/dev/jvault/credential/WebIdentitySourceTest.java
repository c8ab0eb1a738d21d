package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a web_identity_token_file may be. */
@Timeout(60)
final class WebIdentitySourceTest {
  @TempDir private Path folder;
  private final FakeSts sts = new FakeSts(new FakeClock());

  @Test
  void aTokenFileIsReadForEachCall() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n");
    assertThat(outcome(file)).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  @Attack("regular-files")
  void aTokenFileThatIsAPipeIsRefusedWithoutWaitingForAWriter() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(outcome(pipe))
        .isEqualTo(denied(pipe + " is not a regular file; name the file that holds the token."));
  }

  @Test
  @Attack("regular-files")
  void aTokenFileThatIsADeviceIsRefused() {
    assertThat(outcome(Path.of("/dev/zero")))
        .isEqualTo(denied("/dev/zero is not a regular file; name the file that holds the token."));
  }

  @Test
  void aTokenFileThatIsAFolderIsRefused() {
    assertThat(outcome(folder))
        .isEqualTo(denied(folder + " is a directory; name the file that holds the token."));
  }

  @Test
  void aTokenFileThatIsTooLargeGivesNoToken() throws Exception {
    Path file = Files.write(folder.resolve("token"), new byte[100_000]);
    assertThat(outcome(file))
        .isEqualTo(
            denied(file + " gives no token (one line of at most 20,000 characters); correct it."));
  }

  private static Outcome denied(String clause) {
    return new Outcome.Denied(Outcome.Reason.PROFILE, "The web_identity_token_file " + clause);
  }

  private Outcome outcome(Path token) {
    var target =
        new ServiceTarget(
            "us-east-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
    var hop =
        new Hop.WebIdentity(
            "web",
            "arn:aws:iam::123456789012:role/web",
            new Hop.TokenFrom.TokenFile(token),
            "session",
            Duration.ofHours(1),
            target);
    return new WebIdentitySource(
            hop, sts, new HelperEnvironment(CallerEnvironment.of(Map.of())), new ForeignFiles())
        .obtain(Optional.empty());
  }
}
