package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.FakeIdentityCenter;
import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sso setup} and {@code sso accounts}, with a user who opens the addresses. */
final class SsoSetupVerbTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\S+");

  @TempDir Path home;
  private RunningJvault jvault;
  private FakeIdentityCenter center;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    center =
        new FakeIdentityCenter(jvault.clock()).account("000000000001", "Prod 1", "Admin", "Read");
    jvault.config("[default]\nregion = eu-west-1\n");
  }

  @AfterEach
  void stop() {
    jvault.close();
    center.close();
  }

  @Test
  void goesFromAnAddressToProfilesThatWork() throws IOException {
    ControlResponse first = setup("name=corp");
    assertThat(first.ended(ExitCode.OK)).as(first.toString()).isTrue();
    assertThat(first.message()).contains("Added 3 profiles", "jvault exec Main-Developer");
    String written = Files.readString(jvault.configFile());
    assertThat(written)
        .startsWith("[default]\nregion = eu-west-1\n")
        .contains(
            "[sso-session corp]\nsso_start_url = "
                + center.endpoint()
                + "/start\nsso_region = eu-west-1\n",
            "[profile Prod-1-Admin]\nsso_session = corp\nsso_account_id = 000000000001\nsso_role_name = Admin\n");
    ControlResponse plan = caller().call("exec", "profile=Main-Developer");
    assertThat(plan.ended(ExitCode.OK)).as(plan.toString()).isTrue();

    assertThat(setup().message()).contains("To add: 0 profiles, already there: 3");
    assertThat(Files.readString(jvault.configFile())).isEqualTo(written);
    assertThat(center.count("/authorize")).as("one login is enough").isEqualTo(1);
  }

  @Test
  void showsTheChangeAndChangesNothing() throws IOException {
    ControlResponse preview =
        setup("dry-run=true", "account=prod*", "role=READ", "region=eu-north-1");
    assertThat(preview.body())
        .contains("+++ ", "+[profile Prod-1-Read]", "+region = eu-north-1")
        .doesNotContain("Admin", "Developer");
    assertThat(Files.readString(jvault.configFile())).isEqualTo("[default]\nregion = eu-west-1\n");
  }

  @Test
  void writesNothingIfTheListFailsHalfWay() throws IOException {
    center.next("/assignment/roles", Fault.DENIED);
    ControlResponse response = setup();
    assertThat(response.ended(ExitCode.UNAVAILABLE)).as(response.toString()).isTrue();
    assertThat(response.message()).contains("incomplete", "nothing was written");
    assertThat(Files.readString(jvault.configFile())).isEqualTo("[default]\nregion = eu-west-1\n");
  }

  @Test
  void refusesATemplateThatGivesTwoProfilesOneName() {
    ControlResponse response = setup("template={account_name}");
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message()).contains("Prod-1", "role Admin", "role Read");
  }

  @Test
  void asksTheTerminalForWhatIsMissing() throws IOException {
    ControlTestClient caller = caller().atTerminal();
    List<String> asked = new ArrayList<>();
    ControlResponse end =
        talk(
            caller,
            caller.call("sso", "job=setup", "no-browser=true"),
            asked,
            question ->
                question.startsWith("Start URL")
                    ? center.endpoint() + "/start/#/"
                    : question.startsWith("Name")
                        ? "corp"
                        : question.startsWith("Which") ? "2-3" : "y");
    assertThat(end.ended(ExitCode.OK)).as(end + " " + asked).isTrue();
    assertThat(end.message()).contains("Added 2 profiles");
    assertThat(Files.readString(jvault.configFile()))
        .contains("[sso-session corp]")
        .doesNotContain("Main");
  }

  @Test
  void listsAccountsAndRoles() {
    setup("name=corp");
    assertThat(caller().call("sso", "job=accounts").body())
        .containsPattern("(?m)^Prod 1 +000000000001 +000000000001@example.com +Admin, Read$");
    assertThat(caller().call("sso", "job=accounts", "json=true", "role=admin").body())
        .contains("\"name\": \"Prod 1\"")
        .doesNotContain("Read", FakeIdentityCenter.CANARY);
  }

  private ControlTestClient caller() {
    return jvault
        .caller()
        .with("caller.columns=160")
        .variable("DISPLAY", ":99")
        .variable("AWS_ENDPOINT_URL_SSO", center.endpoint().toString())
        .variable("AWS_ENDPOINT_URL_SSO_OIDC", center.endpoint().toString());
  }

  private ControlResponse setup(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("job=setup");
    all.add("no-browser=true");
    all.add("session=" + center.endpoint() + "/start");
    ControlTestClient caller = caller();
    return talk(caller, caller.call("sso", all.toArray(String[]::new)), new ArrayList<>(), _ -> "");
  }

  /** A user who opens each address, and answers questions. */
  private ControlResponse talk(
      ControlTestClient caller,
      ControlResponse first,
      List<String> asked,
      UnaryOperator<String> user) {
    ControlResponse response = first;
    while (response.status() == 202) {
      asked.add(response.body());
      Matcher address = ADDRESS.matcher(response.body());
      if (address.find()) {
        String url = address.group();
        Thread.startVirtualThread(() -> visit(url));
      }
      response = caller.reply(response, user.apply(response.body().strip()));
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
