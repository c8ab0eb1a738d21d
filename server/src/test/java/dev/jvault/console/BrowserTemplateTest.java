package dev.jvault.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command in JVAULT_BROWSER. */
final class BrowserTemplateTest {
  private static final String ADDRESS = "http://127.0.0.1:4000/abc";
  private static final ConsoleName NAME = new ConsoleName("my dev/x", "123456789012");

  @Test
  void getsTheAddressAsItsLastWordIfItHasNoPlaceForIt() {
    assertThat(command("firefox -P %p")).containsExactly("firefox", "-P", "my-dev-x", ADDRESS);
  }

  @Test
  void opensContainersOfFirefox() {
    assertThat(command("firefox %c"))
        .containsExactly(
            "firefox", "ext+container:name=my%20dev%2Fx&url=http%3A%2F%2F127.0.0.1%3A4000%2Fabc");
    assertThat(command("firefox %g").getLast())
        .isEqualTo(
            "ext+granted-containers:name=my%20dev%2Fx&url=http%3A%2F%2F127.0.0.1%3A4000%2Fabc");
  }

  @Test
  void opensAProfileOfChromeForEachAccount() {
    assertThat(command("'/opt/Google Chrome' --profile-directory=aws-%a %s"))
        .containsExactly("/opt/Google Chrome", "--profile-directory=aws-123456789012", ADDRESS);
  }

  @Test
  void aNameIsNeitherAnOptionNorAnotherFolder() {
    assertThat(BrowserTemplate.of("b %p %s").command(ADDRESS, new ConsoleName("--x", "1")))
        .containsExactly("b", "_-x", ADDRESS);
    assertThat(BrowserTemplate.of("b %p %s").command(ADDRESS, new ConsoleName("../x", "1")))
        .containsExactly("b", "_.-x", ADDRESS);
  }

  @Test
  void namesThatLookLikePlaceholdersStayAsTheyAre() {
    assertThat(BrowserTemplate.of("b %c%%s").command(ADDRESS, new ConsoleName("%s", "1")).get(1))
        .isEqualTo("ext+container:name=%25s&url=http%3A%2F%2F127.0.0.1%3A4000%2Fabc%s");
  }

  @Test
  void refusesAnOpenQuote() {
    assertThatThrownBy(() -> BrowserTemplate.of("firefox '%c"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("close its quotes");
  }

  private static List<String> command(String line) {
    return BrowserTemplate.of(line).command(ADDRESS, NAME);
  }
}
