package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.FakeIdentityCenter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A login to IAM Identity Center with a real browser, and AWS clients that use its token. */
@Timeout(180)
final class SsoIT {
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  /** Any program that uses the AWS SDK for Python. */
  private static final List<String> BOTO3 =
      List.of(
          "python3",
          "-c",
          "import boto3; c = boto3.Session().get_credentials().get_frozen_credentials();"
              + " print(c.access_key, 'with' if c.token else 'without', 'token')");

  private FakeIdentityCenter center;
  private Jvault jvault;

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

            [profile dev]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Developer
            region = eu-west-1
            """);
    jvault.set("AWS_ENDPOINT_URL_SSO", center.endpoint().toString());
    jvault.set("AWS_ENDPOINT_URL_SSO_OIDC", center.endpoint().toString());
    jvault.set("BROWSER", chromium().toString());
  }

  @AfterEach
  void stop() {
    jvault.close();
    center.close();
  }

  @Test
  void givesCredentialsToBoto3AfterALoginInChromium() throws IOException {
    CommandResult without = jvault.run("exec", "dev", "--", "true");
    assertThat(without.exit()).isEqualTo(ExitCode.PERSON.status());
    assertThat(without.err()).contains("jvault sso login corp");

    CommandResult login = jvault.run("sso", "login", "corp");
    login.ok();
    assertThat(login.err())
        .contains("opens in your browser", "http://127.0.0.1:", "Logged in to corp")
        .doesNotContain("state=");
    await()
        .untilAsserted(() ->
            assertThat(Files.readString(jvault.home().resolve("page.html")))
                .contains("You can close this tab.")
                .doesNotContain(FakeIdentityCenter.CANARY));

    assertThat(exec()).matches("ASIASSO\\d+ with token\n");
    assertThat(jvault.run("sso", "list").ok()).contains("yes, renewed", "vault");

    jvault.run("stop").ok();
    assertThat(jvault.run("sso", "list").ok()).as("over a restart").contains("yes, renewed");
    assertThat(exec()).matches("ASIASSO\\d+ with token\n");

    assertThat(jvault.run("sso", "logout", "corp").err()).contains("Logged out of corp.");
    assertThat(jvault.run("exec", "dev", "--", "true").exit()).isEqualTo(ExitCode.PERSON.status());
    assertThat(jvault.home().resolve(".aws/sso")).doesNotExist();
    assertNothingLeaked();
  }

  @Test
  void sharesATokenThatBotocoreReads() throws IOException {
    jvault.run("sso", "login", "--share", "corp").ok();

    Process plain = jvault.startCommand(Map.of("AWS_PROFILE", "dev"), BOTO3);
    assertThat(jvault.finish(plain, "boto3").ok()).matches("ASIASSO\\d+ with token\n");
    assertThat(center.count("/token")).as("botocore has nothing to renew it with").isEqualTo(1);

    jvault.run("sso", "logout", "--all").ok();
    try (Stream<Path> left = Files.list(jvault.home().resolve(".aws/sso/cache"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void usesATokenInTheAwsClisCache() throws IOException {
    Path cache = Files.createDirectories(jvault.home().resolve(".aws/sso/cache"));
    // The SHA-1 of corp.
    Path file = cache.resolve("ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
    String left =
        ("{\"startUrl\": \"https://corp.awsapps.com/start\", \"region\": \"eu-west-1\","
                + " \"accessToken\": \"%s\", \"expiresAt\": \"2999-01-01T00:00:00Z\","
                + " \"refreshToken\": \"canary-refresh-of-the-cli\"}")
            .formatted(center.issueToken(Duration.ofHours(1)));
    Files.writeString(file, left);

    assertThat(exec()).matches("ASIASSO\\d+ with token\n");
    assertThat(jvault.run("sso", "list").ok()).contains("AWS CLI");
    assertThat(Files.readString(file)).isEqualTo(left);
    assertThat(center.requests().toString()).doesNotContain("canary-refresh-of-the-cli");
  }

  @Test
  void logsInOverSshWithACodeForABrowserElsewhere() throws IOException {
    jvault.unset("BROWSER");
    Process login =
        jvault.start(Map.of("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"), "sso", "login", "corp");
    BufferedReader output = login.errorReader();
    String address = address(output, "user_code");

    assertThat(Browser.document(jvault, address)).contains("Request approved");
    assertThat(output.lines().toList().toString()).contains("Logged in to corp");
    assertThat(exec()).matches("ASIASSO\\d+ with token\n");
  }

  @Test
  void aLoginEndsWithTheClientThatWaitsForIt() throws IOException {
    Process login = jvault.start(Map.of(), "sso", "login", "--no-browser", "corp");
    String address = address(login.errorReader(), "http://127.0.0.1:");
    int listener = URI.create(address).getPort();
    assertThat(listens(listener)).isTrue();

    login.descendants().forEach(ProcessHandle::destroy);
    login.destroy();
    await().until(() -> !listens(listener));
    assertThat(jvault.run("sso", "login", "corp").ok()).isEmpty();
  }

  private String exec() {
    var words = Stream.concat(Stream.of("exec", "dev", "--"), BOTO3.stream());
    return jvault.run(words.toArray(String[]::new)).ok();
  }

  private void assertNothingLeaked() throws IOException {
    try (Stream<Path> files = Files.walk(jvault.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(FakeIdentityCenter.CANARY, "&state=");
      }
    }
  }

  /** A browser that ends when it has shown the page, and stores the page. */
  private Path chromium() throws IOException {
    Path script = jvault.home().resolve("a browser");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec timeout -k1 60 chromium --headless --no-sandbox --disable-gpu --no-first-run \
          --disable-background-networking --disable-component-update --disable-sync \
          --disable-dev-shm-usage --user-data-dir="$HOME/browser" --dump-dom "$1" \
          > "$HOME/page.html"
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static String address(BufferedReader output, String with) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (line.contains(with) && address.find()) {
        return URI.create(address.group()).toString();
      }
    }
    throw new AssertionError("no address with " + with);
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
