package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.FakeIdentityCenter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sso}, called by a client that opens the addresses that it is shown. */
final class SsoVerbTest {
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  @TempDir Path home;
  private RunningJvault jvault;
  private FakeIdentityCenter center;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    center = new FakeIdentityCenter(jvault.clock());
    jvault.config(
        """
        [sso-session corp]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        sso_registration_scopes = sso:account:access
        [profile dev]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Developer
        [profile old]
        sso_start_url = https://old.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 123456789012
        sso_role_name = Developer
        """);
  }

  @AfterEach
  void stop() {
    jvault.close();
    center.close();
  }

  @Test
  void logsInByTheNameOfASessionAProfileOrAStartUrl() {
    for (String name : new String[] {"corp", "dev", "https://corp.awsapps.com/start"}) {
      ControlResponse response = login("session=" + name, "no-browser=true");
      assertThat(response.ended(ExitCode.OK)).as(response.toString()).isTrue();
      assertThat(response.message()).contains("Logged in to corp; jvault renews the token");
    }
    assertThat(center.count("/authorize")).isEqualTo(3);
    ControlResponse plan = caller().call("exec", "profile=dev");
    assertThat(plan.ended(ExitCode.OK)).as(plan.toString()).isTrue();
  }

  @Test
  void usesADeviceCodeIfThereIsNoDisplay() {
    ControlTestClient caller = caller();
    ControlResponse first = caller.call("sso", "job=login", "session=corp");
    assertThat(first.body()).startsWith("There is no display here");
    assertThat(talk(caller, first).message()).contains("Logged in to corp");
    assertThat(center.count("/device_authorization")).isEqualTo(1);
  }

  @Test
  void suggestsTheSessionThatWasMeant() {
    ControlResponse response = login("session=crp");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message()).contains("crp", "corp?");
    assertThat(login("session=elsewhere").message())
        .isEqualTo(
            "There is no [sso-session elsewhere], and no profile of that name that uses one;"
                + " `jvault sso list` shows what there is.");
  }

  @Test
  void asksWhichOfTwoSessions() {
    ControlResponse response = login();
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message())
        .contains("Say which session: corp, https://old.awsapps.com/start");
  }

  @Test
  void saysThatTheUserDeclined() {
    center.refuse();
    ControlResponse response = login("session=corp", "no-browser=true");
    assertThat(response.ended(ExitCode.DENIED)).isTrue();
    assertThat(response.message()).contains("was refused on its page");
  }

  @Test
  void listsWhereEachTokenComesFrom() {
    login("session=corp", "no-browser=true");
    String table = caller().call("sso", "job=list").body();
    assertThat(table)
        .containsPattern("(?m)^corp .*yes, renewed +vault$")
        .containsPattern("(?m)^https://old.awsapps.com/start .* - +-$");

    String json = caller().call("sso", "job=list", "json=true").body();
    assertThat(json)
        .contains(
            "\"name\": \"corp\"",
            "\"loggedIn\": true",
            "\"source\": \"vault\"",
            "\"legacy\": true",
            "\"source\": \"none\"")
        .doesNotContain(FakeIdentityCenter.CANARY);
  }

  @Test
  void sharesOnlyOnRequest() {
    login("session=corp", "no-browser=true");
    assertThat(home.resolve(".aws/sso/cache")).doesNotExist();
    login("session=corp", "no-browser=true", "share=true");
    assertThat(home.resolve(".aws/sso/cache")).isDirectoryContaining("glob:**.json");
    assertThat(caller().call("sso", "job=list").body()).contains("vault, shared");
    caller().call("sso", "job=logout", "all=true");
    assertThat(home.resolve(".aws/sso/cache")).isEmptyDirectory();
  }

  @Test
  void logoutForgetsTheCredentialsOfTheSession() {
    login("session=corp", "no-browser=true");
    ControlResponse plan = caller().call("exec", "profile=dev");
    assertThat(plan.ended(ExitCode.OK)).as(plan.toString()).isTrue();

    ControlResponse response = caller().call("sso", "job=logout", "session=corp");
    assertThat(response.message()).isEqualTo("Logged out of corp.");
    ControlResponse after = caller().call("exec", "profile=dev");
    assertThat(after.ended(ExitCode.PERSON)).as(after.toString()).isTrue();
    assertThat(after.message()).contains("jvault sso login corp");
    assertThat(caller().call("sso", "job=logout", "all=true").message())
        .isEqualTo("There was no login to end.");
  }

  private ControlTestClient caller() {
    return jvault
        .caller()
        .with("caller.columns=160")
        .variable("AWS_ENDPOINT_URL_SSO", center.endpoint().toString())
        .variable("AWS_ENDPOINT_URL_SSO_OIDC", center.endpoint().toString());
  }

  private ControlResponse login(String... options) {
    ControlTestClient caller = caller().variable("DISPLAY", ":99");
    String[] all = new String[options.length + 1];
    all[0] = "job=login";
    System.arraycopy(options, 0, all, 1, options.length);
    return talk(caller, caller.call("sso", all));
  }

  /** Opens each address that it is shown, and reads on. */
  private static ControlResponse talk(ControlTestClient caller, ControlResponse first) {
    ControlResponse response = first;
    while (response.status() == 202) {
      Matcher address = ADDRESS.matcher(response.body());
      if (address.find()) {
        String url = address.group();
        Thread.startVirtualThread(() -> visit(url));
      }
      response = caller.reply(response, "");
    }
    return response;
  }

  private static void visit(String url) {
    try {
      int _ = ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
    } catch (IOException _) {
      // The test then fails because the login does not happen.
    }
  }
}
