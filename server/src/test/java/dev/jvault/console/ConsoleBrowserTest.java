package dev.jvault.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.PeerCallerLookup;
import dev.jvault.peer.PeerLookup;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Opening the console: what the user is shown, and when it is given up. */
final class ConsoleBrowserTest {
  private static final Secret PAGE = Secret.of("https://signin.example/federation?canary");
  private static final ConsoleName NAME = new ConsoleName("dev", "123456789012");

  private final PeerCallerLookup callers = new PeerCallerLookup(PeerLookup.ofThisSystem());

  @AfterEach
  void stop() {
    callers.close();
  }

  @Test
  void leadsABrowserThatTheUserOpensToTheConsole() {
    var user = new OpeningUser();
    assertThat(browser(Duration.ofMinutes(1)).open(PAGE, NAME, user, variables("true")))
        .isEqualTo(ConsoleBrowser.Result.OPENED);
    assertThat(user.led).containsExactly(PAGE.reveal());
    assertThat(user.lines.toString()).doesNotContain("canary");
  }

  @Test
  void isGivenUpAfterTheLimit() {
    assertThat(browser(Duration.ZERO).open(PAGE, NAME, Person.ABSENT, variables("true")))
        .isEqualTo(ConsoleBrowser.Result.NOT_OPENED);
  }

  @Test
  void isGivenUpWhenTheCallerHasGone() {
    var gone =
        new OpeningUser() {
          @Override
          public void tell(String line) {}

          @Override
          public boolean waits() {
            return false;
          }
        };
    assertThat(browser(Duration.ofDays(1)).open(PAGE, NAME, gone, variables("true")))
        .isEqualTo(ConsoleBrowser.Result.NOT_OPENED);
  }

  @Test
  void saysThatNoCommandCouldBeStarted() {
    assertThat(browser(Duration.ofDays(1)).open(PAGE, NAME, Person.ABSENT, variables("false")))
        .isEqualTo(ConsoleBrowser.Result.NO_BROWSER);
  }

  @Test
  void aCommandOfTheUsersNeedsNoDisplay() {
    var browser = browser(Duration.ZERO);
    assertThat(browser.obstacle(Map.of())).isPresent();
    assertThat(browser.obstacle(Map.of("JVAULT_BROWSER", "w3m"))).isEmpty();
    assertThat(browser.obstacle(Map.of("JVAULT_BROWSER", "w3m", "SSH_TTY", "/dev/pts/1")))
        .isPresent();
  }

  private ConsoleBrowser browser(Duration limit) {
    return new ConsoleBrowser(callers, "Linux", false, limit);
  }

  private static Map<String, String> variables(String command) {
    var variables = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    variables.put("JVAULT_BROWSER", command);
    return variables;
  }

  /** A user who opens the address on the terminal at once. */
  private static class OpeningUser implements Person {
    private final List<String> lines = new ArrayList<>();
    private final List<String> led = new ArrayList<>();

    @Override
    public Optional<Secret> ask(Question question) {
      return Optional.empty();
    }

    @Override
    public void tell(String line) {
      lines.add(line);
      if (line.startsWith("http")) {
        led.add(location(line));
      }
    }

    private static String location(String address) {
      try (var client = HttpClient.newHttpClient()) {
        return client
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString())
            .headers()
            .firstValue("Location")
            .orElse("");
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
