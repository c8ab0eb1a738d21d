package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.profile.SourceChoice.Kind;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which the sources of one profile count, without files and without a daemon. */
final class SourceChooserTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";
  private static final String KEY = "aws_access_key_id = AKIA\naws_secret_access_key = s\n";
  private static final String WEB_IDENTITY = "web_identity_token_file = /token\n" + ROLE;
  private static final String SSO = "sso_account_id = 333333333333\nsso_role_name = admin\n";
  private static final String LOGIN = "login_session = arn:aws:sts::111111111111:user/me\n";
  private static final String PROCESS = "credential_process = op-aws\n";
  private static final String METADATA = "credential_source = Ec2InstanceMetadata\n";
  private static final String SOURCE = "source_profile = b\n";

  private Map<String, String> variables = Map.of();
  private StoredKeys storedKeys = StoredKeys.none();

  @Test
  void eachSourceWinsOverAllThatFollowItInBotocoresOrder() {
    List<String> inOrder = List.of(WEB_IDENTITY, SSO, LOGIN, PROCESS, KEY, METADATA, SOURCE);
    List<Kind> kinds =
        List.of(
            Kind.WEB_IDENTITY,
            Kind.SSO,
            Kind.LOGIN,
            Kind.PROCESS,
            Kind.PLAIN_KEY,
            Kind.EC2,
            Kind.PROFILE);

    for (int first = 0; first < inOrder.size(); first++) {
      String rest = String.join("", inOrder.subList(first, inOrder.size()));
      assertThat(choose(rest).kind()).as(rest).isEqualTo(kinds.get(first));
    }
  }

  @Test
  void aKeyInTheCredentialsFileComesBeforeALoginAndAProcess() {
    assertThat(choose("", KEY + LOGIN + PROCESS).kind()).isEqualTo(Kind.PLAIN_KEY);
    assertThat(choose("", KEY + SSO).kind()).isEqualTo(Kind.SSO);
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, PROCESS, LOGIN, SSO, SOURCE, METADATA, WEB_IDENTITY, ""})
  void aStoredKeyOfTheProfilesNameComesBeforeAllSourcesWithoutARole(String others) {
    storedKeys = "a"::equals;

    SourceChoice choice = asSource(others);

    assertThat(choice.kind()).isEqualTo(Kind.STORED_KEY);
    assertThat(choice.decisive()).isEmpty();
  }

  @Test
  void aRoleTakesItsSourceBeforeAStoredKey() {
    storedKeys = StoredKeys.any();

    assertThat(choose(ROLE + SOURCE).kind()).isEqualTo(Kind.PROFILE);
    assertThat(choose(ROLE + METADATA).kind()).isEqualTo(Kind.EC2);
    assertThat(choose(ROLE + KEY).kind()).isEqualTo(Kind.STORED_KEY);
    assertThat(choose(ROLE).role()).get().extracting(Setting::key).isEqualTo("role_arn");
  }

  @Test
  void aRoleTakesThePlaintextKeyOfItsOwnProfileIfNothingElseIsNamed() {
    assertThat(choose(ROLE + KEY).kind()).isEqualTo(Kind.PLAIN_KEY);
    assertThat(choose(ROLE + KEY + SOURCE).kind()).isEqualTo(Kind.PROFILE);
  }

  @Test
  void aSourceWithAPlaintextKeyIsThatKeyWhateverRoleItHas() {
    SourceChoice choice = asSource(ROLE + SOURCE + KEY);

    assertThat(choice.kind()).isEqualTo(Kind.PLAIN_KEY);
    assertThat(choice.role()).isEmpty();
  }

  @Test
  void aProfileWithoutASourceIsTheNameOfAKeyThatIsStillToBeStored() {
    assertThat(choose("region = eu-west-1\n").kind()).isEqualTo(Kind.STORED_KEY);
    assertThat(choose(ROLE).kind()).isEqualTo(Kind.STORED_KEY);
  }

  @Test
  void theVariableOfAWebIdentityCountsForTheRequestedProfileOnlyAndLast() {
    variables = Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");

    assertThat(choose("region = eu-west-1\n").kind()).isEqualTo(Kind.WEB_IDENTITY);
    assertThat(asSource("region = eu-west-1\n").kind()).isEqualTo(Kind.STORED_KEY);
    assertThat(choose(PROCESS).kind()).isEqualTo(Kind.PROCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "Environment, ENVIRONMENT",
    "Ec2InstanceMetadata, EC2",
    "ecscontainer, ECS",
  })
  void credentialSourceIsReadWithoutRegardToCase(String value, Kind kind) {
    assertThat(choose("credential_source = " + value + "\n").kind()).isEqualTo(kind);
    assertThat(choose(ROLE + "credential_source = " + value + "\n").kind()).isEqualTo(kind);
  }

  @Test
  void contradictionsAreRefusedAtTheirLine() {
    refuses(ROLE + SOURCE + METADATA, "credential_source (config:4) contradicts source_profile");
    refuses("credential_source = Moon\n", "credential_source (config:2) is none of Environment");
    refuses(ROLE + PROCESS, "credential_process (config:3) cannot be the source of a role");
    refuses("sso_sesion = work\n", "sso_sesion (config:2) is an unknown key");
  }

  @Test
  void aBrokenProfileIsRefused() {
    refuses(KEY + "no equals sign\n", "Profile a is broken: config:4 cannot be read");
  }

  @Test
  void eachSettingOfAnotherSourceIsOverruledAndSaid() {
    SourceChoice choice = choose(SSO + PROCESS);

    assertThat(choice.overruled()).extracting(Setting::key).containsExactly("credential_process");
    assertThat(choice.notes())
        .containsExactly(
            "Profile a also has credential_process (config:4), which does not count:"
                + " sso_account_id comes first.");
  }

  private void refuses(String config, String sentence) {
    assertThatThrownBy(() -> choose(config))
        .isInstanceOf(JvaultException.class)
        .hasMessageStartingWith(sentence);
  }

  private SourceChoice choose(String config) {
    return choose(config, "");
  }

  private SourceChoice choose(String config, String credentials) {
    return chooser().choose(profile(config, credentials), true);
  }

  private SourceChoice asSource(String config) {
    return chooser().choose(profile(config, ""), false);
  }

  private SourceChooser chooser() {
    return new SourceChooser(CallerEnvironment.of(variables), storedKeys);
  }

  private static Profile profile(String config, String credentials) {
    return new ProfileSet(
            file("config", "[profile a]\n" + config, FileKind.CONFIG),
            file(
                "credentials",
                credentials.isEmpty() ? "" : "[a]\n" + credentials,
                FileKind.CREDENTIALS))
        .find("a")
        .orElseThrow();
  }

  private static ConfigFile file(String name, String text, FileKind kind) {
    return ConfigFile.parse(Path.of(name), text, kind, new SdkSectionParser());
  }
}
