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

/** {@code sso}, spoken by a client that goes to the addresses that it is told. */
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
      ControlResponse answer = login("session=" + name, "no-browser=true");
      assertThat(answer.ended(ExitCode.OK)).as(answer.toString()).isTrue();
      assertThat(answer.message()).contains("Logged in to corp; jvault renews the token");
    }
    assertThat(center.count("/authorize")).isEqualTo(3);
    ControlResponse plan = caller().call("exec", "profile=dev");
    assertThat(plan.ended(ExitCode.OK)).as(plan.toString()).isTrue();
  }

  @Test
  void usesACodeWhereThereIsNoDisplay() {
    ControlTestClient caller = caller();
    ControlResponse first = caller.call("sso", "job=login", "session=corp");
    assertThat(first.body()).startsWith("There is no display here");
    assertThat(talk(caller, first).message()).contains("Logged in to corp");
    assertThat(center.count("/device_authorization")).isEqualTo(1);
  }

  @Test
  void suggestsTheSessionThatWasMeant() {
    ControlResponse answer = login("session=crp");
    assertThat(answer.ended(ExitCode.PROFILE)).isTrue();
    assertThat(answer.message()).contains("crp", "corp?");
    assertThat(login("session=elsewhere").message())
        .isEqualTo(
            "There is no [sso-session elsewhere], and no profile of that name that uses one;"
                + " `jvault sso list` shows what there is.");
  }

  @Test
  void wantsToKnowWhichOfTwo() {
    ControlResponse answer = login();
    assertThat(answer.ended(ExitCode.USAGE)).isTrue();
    assertThat(answer.message()).contains("Say which session: corp, https://old.awsapps.com/start");
  }

  @Test
  void saysThatThePersonHasSaidNo() {
    center.refuse();
    ControlResponse answer = login("session=corp", "no-browser=true");
    assertThat(answer.ended(ExitCode.DENIED)).isTrue();
    assertThat(answer.message()).contains("was refused on its page");
  }

  @Test
  void listsWhereEachTokenIs() {
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
  void sharesOnRequestOnly() {
    login("session=corp", "no-browser=true");
    assertThat(home.resolve(".aws/sso/cache")).doesNotExist();
    login("session=corp", "no-browser=true", "share=true");
    assertThat(home.resolve(".aws/sso/cache")).isDirectoryContaining("glob:**.json");
    assertThat(caller().call("sso", "job=list").body()).contains("vault, shared");
    caller().call("sso", "job=logout", "all=true");
    assertThat(home.resolve(".aws/sso/cache")).isEmptyDirectory();
  }

  @Test
  void logsOutAndForgetsTheCredentialsOfTheSession() {
    login("session=corp", "no-browser=true");
    ControlResponse plan = caller().call("exec", "profile=dev");
    assertThat(plan.ended(ExitCode.OK)).as(plan.toString()).isTrue();

    ControlResponse answer = caller().call("sso", "job=logout", "session=corp");
    assertThat(answer.message()).isEqualTo("Logged out of corp.");
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

  /** Goes to each address that is told, and reads on. */
  private static ControlResponse talk(ControlTestClient caller, ControlResponse first) {
    ControlResponse answer = first;
    while (answer.status() == 202) {
      Matcher address = ADDRESS.matcher(answer.body());
      if (address.find()) {
        String url = address.group();
        Thread.startVirtualThread(() -> visit(url));
      }
      answer = caller.reply(answer, "");
    }
    return answer;
  }

  private static void visit(String url) {
    try {
      int _ = ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
    } catch (IOException _) {
      // The test fails by what does not happen then.
    }
  }
}
