package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeIdentityCenter;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another user of the machine attacks a login to IAM Identity Center that is in progress. */
@Timeout(300)
final class LoginStrangersIT {
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  private FakeIdentityCenter center;
  private Jvault jvault;
  private Intruder stranger;

  @BeforeEach
  void start() throws IOException {
    center = new FakeIdentityCenter(InstantSource.system());
    jvault =
        new Jvault(
            """
            [sso-session corp]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = eu-west-1
            sso_registration_scopes = sso:account:access
            """);
    jvault.set("AWS_ENDPOINT_URL_SSO", center.endpoint().toString());
    jvault.set("AWS_ENDPOINT_URL_SSO_OIDC", center.endpoint().toString());
    jvault.set("BROWSER", browser().toString());
    stranger = new Intruder(jvault);
  }

  @AfterEach
  void stop() {
    stranger.close();
    jvault.close();
    center.close();
  }

  @Test
  @Attack("login-command-line")
  void anotherUserWhoReadsTheBrowsersCommandLineCanNeitherCompleteNorRefuseTheLogin() {
    Process login = jvault.start(Map.of(), "sso", "login", "corp");
    String opened = addressInTheProcessList();

    String seen = URLDecoder.decode(opened, StandardCharsets.UTF_8);
    Matcher callback = PORT.matcher(seen.replaceFirst("^" + center.endpoint(), ""));
    assertThat(callback.find()).isTrue();
    String listener = "http://" + callback.group();
    String state = seen.replaceFirst("(?s).*&state=([^&]*).*|.*", "$1");
    for (String lie : List.of("error=access_denied", "code=of-the-attacker")) {
      assertThat(stranger.visit(listener + "/oauth/callback?" + lie + "&state=" + state).out())
          .as("an answer to a stranger")
          .isEqualTo("\n000");
    }
    assertThat(stranger.visit(opened).out()).as("an answer to a stranger").isEqualTo("\n000");

    assertThat(opened).matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]+");
    assertThat(stranger.commandLines()).doesNotContain("state=", "oauth%2Fcallback");
    assertThat(visit(opened)).contains("You can close this tab.");
    assertThat(jvault.finish(login, "sso login").err()).contains("Logged in to corp");
  }

  @Test
  @Attack("login-command-line")
  void noCommandLineHoldsTheCodeOfADeviceLogin() {
    Process login = jvault.start(Map.of(), "sso", "login", "--device-code", "corp");
    String opened = addressInTheProcessList();

    assertThat(stranger.visit(opened).out()).as("an answer to a stranger").isEqualTo("\n000");
    assertThat(stranger.commandLines()).doesNotContain("user_code=", "WXYZ-");
    assertThat(visit(opened)).contains("Request approved");
    assertThat(jvault.finish(login, "sso login").err()).contains("Logged in to corp");
  }

  @Test
  @Attack("one-way-to-listen")
  void anotherUserCannotFillTheDaemonThroughTheLogin() throws IOException {
    Process login = jvault.start(Map.of(), "sso", "login", "corp");
    String opened = addressInTheProcessList();
    int port =
        opened.contains("redirect_uri")
            ? Integer.parseInt(
                URLDecoder.decode(opened, StandardCharsets.UTF_8)
                    .replaceFirst(".*redirect_uri=http://127\\.0\\.0\\.1:(\\d+).*", "$1"))
            : URI.create(opened).getPort();

    stranger.openHalf(port, 20_000);

    try (Stream<Path> open =
        Files.list(Path.of("/proc/" + jvault.daemon().orElseThrow().pid() + "/fd"))) {
      assertThat(open).hasSizeLessThan(400);
    }
    assertThat(visit(opened)).contains("You can close this tab.");
    assertThat(jvault.finish(login, "sso login").err()).contains("Logged in to corp");
  }

  private String addressInTheProcessList() {
    Pattern opened = Pattern.compile(jvault.home() + "/a-browser (https?://\\S+)");
    var found = new AtomicReference<>("");
    await()
        .until(() -> {
          Matcher address = opened.matcher(stranger.commandLines());
          found.set(address.find() ? address.group(1) : "");
          return !found.get().isEmpty();
        });
    return found.get();
  }

  /** Opens a page as the user does, and follows where it leads. */
  private String visit(String address) {
    return jvault
        .finish(jvault.startCommand(Map.of(), List.of("curl", "-sgL", "-m", "60", address)), "curl")
        .ok();
  }

  /** A browser that shows nothing and stays in the process list until the home is removed. */
  private Path browser() throws IOException {
    Path script = jvault.home().resolve("a-browser");
    Files.writeString(
        script,
        """
        #!/bin/sh
        while [ -d "$HOME" ]; do sleep 0.2; done
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
