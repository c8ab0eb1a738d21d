package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeFederation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The AWS console in a real browser, from the command line to its page. */
@Timeout(180)
final class ConsoleIT {
  private StandInSts sts;
  private FakeFederation federation;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    federation = new FakeFederation();
    jvault = Jvault.withRootAndChild(sts).withKeyFor("root");
    jvault.set("AWS_ENDPOINT_URL_SIGNIN", federation.endpoint().toString());
  }

  @AfterEach
  void stop() {
    jvault.close();
    federation.close();
    sts.close();
  }

  @Test
  @Attack("console-address")
  void aBrowserIsLoggedInAndNothingKeepsTheAddress() throws IOException {
    jvault.set("BROWSER", chromium().toString());

    CommandResult login = jvault.run("login", "--service", "s3", "-d", "2h", "child");
    login.ok();
    assertThat(login.err()).contains("The console of child opens in your browser.");
    await()
        .untilAsserted(() ->
            assertThat(Files.readString(jvault.home().resolve("page.html")))
                .contains("Welcome to the console"));
    assertThat(federation.opened())
        .containsExactly("https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1");
    assertThat(federation.requests().getFirst()).containsEntry("SessionDuration", "7200");
    assertThat(Files.readString(jvault.home().resolve("words")))
        .startsWith("http://127.0.0.1:")
        .doesNotContain(FakeFederation.CANARY);

    assertThat(jvault.run("log", "--audit").ok()).contains("console").doesNotContain("canary");
    assertNothingLeaked();
  }

  @Test
  void theKeysOwnConsoleIsPrintedAndOpensOnce() {
    String address = jvault.run(Map.of("AWS_PROFILE", "root"), "login", "-s").ok().strip();
    assertThat(address)
        .startsWith(federation.endpoint() + "/federation?Action=login&Issuer=jvault&");
    assertThat(Browser.document(jvault, address)).contains("Welcome to the console");
    assertThat(Browser.document(jvault, address)).contains("not valid");
  }

  private void assertNothingLeaked() throws IOException {
    try (Stream<Path> files = Files.walk(jvault.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(FakeFederation.CANARY, "SigninToken");
      }
    }
  }

  /** A browser that notes its arguments, shows the page and stores it. */
  private Path chromium() throws IOException {
    Path script = jvault.home().resolve("a browser");
    Files.writeString(
        script,
        """
        #!/bin/sh
        printf '%s\\n' "$@" > "$HOME/words"
        exec timeout -k1 60 chromium --headless --no-sandbox --disable-gpu --no-first-run \
          --disable-background-networking --disable-component-update --disable-sync \
          --disable-dev-shm-usage --user-data-dir="$HOME/browser" --dump-dom "$1" \
          > "$HOME/page.html"
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
