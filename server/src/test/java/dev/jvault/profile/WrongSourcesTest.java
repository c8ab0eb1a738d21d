package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources with a wrong value, a contradiction or an odd name: one sentence with file and line. */
final class WrongSourcesTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source_identity = a b         | is not 2 to 64 of letters
          source_identity = a           | is not 2 to 64 of letters
          session_tags = a              | is not a list of at most 50 tags
          session_tags = a=1,a=2        | is not a list of at most 50 tags
          session_tags = a=<            | is not a list of at most 50 tags
          transitive_session_tags = <   | is not a list of at most 50 keys of tags
          ignore_configured_endpoint_urls = 1 | is neither true nor false
          """)
  void ofARole(String line, String fault) {
    home.config("[profile root]\n[profile a]\n" + line + "\nsource_profile = root\n" + ROLE);
    assertSentence(line, 3, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sso_account_id = 12345678901   | is not an account of twelve digits
          sso_account_id = ٣٣٣٣٣٣٣٣٣٣٣٣  | is not an account of twelve digits
          sso_region = eu west           | is not a region such as
          sso_start_url = my-company     | is not an address such as
          sso_start_url = ftp://x.y      | is not an address such as
          sso_start_url = https://a:b@c  | is not an address such as
          use_fips_endpoint = 1          | is neither true nor false
          endpoint_url = x               | is not an address such as
          """)
  void ofIdentityCenter(String line, String fault) {
    String rest =
        """
        sso_account_id = 333333333333
        sso_role_name = admin
        sso_region = eu-west-1
        sso_start_url = https://x.awsapps.com/start
        """;
    String key = line.substring(0, line.indexOf(' ') + 1);
    String others = rest.lines().filter(l -> !l.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
    home.config("[profile root]\n[profile a]\n" + line + "\n" + others);
    assertSentence(line, 3, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role_arn = admin                    | is not a role such as
          role_session_name = a b             | is not 2 to 64 of letters
          duration_seconds = 1h               | is not a number of seconds
          web_identity_token_file = token     | is a relative path
          region = eu/west                    | is not a region such as
          """)
  void ofAWebIdentity(String line, String fault) {
    String rest = "web_identity_token_file = /token\n" + ROLE;
    String key = line.substring(0, line.indexOf(' ') + 1);
    String others = rest.lines().filter(l -> !l.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
    home.config("[profile root]\n[profile a]\n" + line + "\n" + others);
    assertSentence(line, 3, fault);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ROLE_ARN, admin",
    "AWS_SOURCE_IDENTITY, a b",
    "AWS_SESSION_TAGS, x",
    "AWS_TRANSITIVE_TAGS, <",
    "AWS_SESSION_TOKEN_TTL, 37h",
    "AWS_SESSION_TTL, 1",
    "AWS_CHAINED_SESSION_TOKEN_TTL, 14m",
    "AWS_USE_DUALSTACK_ENDPOINT, yes",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, 1",
    "AWS_DEFAULT_REGION, eu west",
  })
  void ofTheCallersVariables(String variable, String value) {
    home.config(
        "[profile root]\n[profile a]\nsource_profile = root\n"
            + "mfa_serial = arn:aws:iam::111111111111:mfa/me\n"
            + ROLE);
    boolean chained = !variable.equals("AWS_SESSION_TOKEN_TTL");
    assertThat(home.with(variable, value).outcome(chained ? "a" : "root"))
        .startsWith(variable + " (in the environment) is ")
        .doesNotContain("\n");
  }

  @Test
  void anIncludedProfileWithABrokenLineIsNamed() {
    home.config("[profile a]\ninclude_profile = b\n[profile b]\nregion eu-west-1\n");
    assertThat(home.outcome("a"))
        .startsWith("Profile a is broken: ~/.aws/config:4 cannot be read: ");
  }

  @Test
  void aWrongValueInAnIncludedProfileIsNamedWithItsPlace() {
    home.config("[profile a]\ninclude_profile = b\n[profile b]\nregion = eu west\n");
    assertThat(home.outcome("a")).startsWith("region (~/.aws/config:4) is not a region");
  }

  @Test
  void aBrokenSsoSessionIsNamedWithItsLine() {
    home.config(
        """
        [profile a]
        sso_account_id = 333333333333
        sso_role_name = admin
        sso_session = work
        [sso-session work]
        sso_region = eu-west-1
        sso_start_url
        """);
    assertThat(home.outcome("a"))
        .startsWith("sso_session (~/.aws/config:5) is broken: ~/.aws/config:7 cannot be read: ");
  }

  @Test
  void theServicesOfIdentityCenterHaveEndpointsOfTheirOwn() {
    home.config(
        """
        [profile a]
        sso_account_id = 333333333333
        sso_role_name = admin
        sso_session = work
        services = mine
        endpoint_url = https://all.example.com
        [services mine]
        sso =
          endpoint_url = https://portal.example.com
        sso_oidc =
          endpoint_url = https://oidc.example.com
        [sso-session work]
        sso_region = eu-west-1
        sso_start_url = https://x.awsapps.com/start
        """);
    var sso = (Hop.Sso) home.resolve("a").bottom();
    assertThat(sso.session().portal().endpoint())
        .hasToString("Optional[https://portal.example.com]");
    assertThat(sso.session().oidc().endpoint()).hasToString("Optional[https://oidc.example.com]");
    assertThat(home.resolve("a").steps().getFirst().origins())
        .extracting(Setting::toString)
        .contains("sso.endpoint_url (" + home.config + ":9)");
    home.with("AWS_ENDPOINT_URL_SSO_OIDC", "https://variable.example.com");
    sso = (Hop.Sso) home.resolve("a").bottom();
    assertThat(sso.session().oidc().endpoint())
        .hasToString("Optional[https://variable.example.com]");
  }

  @Test
  void defaultMayHaveASourceAndBeOne() {
    home.config(
        "[default]\nregion = eu-west-1\nsource_profile = root\n"
            + ROLE
            + "[profile root]\n[profile a]\nsource_profile = default\n"
            + "role_arn = arn:aws:iam::444444444444:role/s\n");
    assertThat(home.outcome("default"))
        .isEqualTo("key root > 222/r as jvault-sam-smith 1h eu-west-1 : eu-west-1");
    assertThat(home.outcome("a")).startsWith("key root > 222/r").contains(" > 444/s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [profile "my key"]   | my key
          [profile 'my key']   | my key
          [profile größe]      | größe
          [profile "it's"]     | it's
          [profile 鍵]         | 鍵
          [profile a=b]        | a=b
          """)
  void oddNamesAreFound(String header, String name) {
    home.config(
        header
            + "\nregion = eu-west-3\n[profile x]\nsource_profile = "
            + name
            + "\n"
            + ROLE
            + "[profile y]\ninclude_profile = "
            + name
            + "\n");
    assertThat(home.outcome("x")).startsWith("key " + name + " > 222/r");
    assertThat(home.outcome("y")).isEqualTo("key y > token 12h eu-west-3 : eu-west-3");
  }

  @Test
  void quotesAroundASourceAreNoPartOfAHeadersAndTheNameIsProposed() {
    home.config("[profile \"my key\"]\n[profile a]\nsource_profile = \"my key\"\n" + ROLE);
    assertThat(home.outcome("a"))
        .startsWith("source_profile (~/.aws/config:3) leads nowhere: there is no profile")
        .endsWith("did you mean my key?");
  }

  private void assertSentence(String line, int number, String fault) {
    String key = line.substring(0, line.indexOf(' '));
    assertThat(home.outcome("a"))
        .startsWith(key + " (~/.aws/config:" + number + ") " + fault)
        .endsWith(".")
        .doesNotContain("\n");
  }
}
