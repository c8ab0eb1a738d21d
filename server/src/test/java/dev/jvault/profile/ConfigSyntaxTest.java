package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Config files are read as botocore reads them, or more leniently where a test says so. */
final class ConfigSyntaxTest {
  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[profile a]\nregion = eu-west-1\n",
        "[profile a]\r\nregion = eu-west-1\r\n",
        "[profile a]\rregion = eu-west-1\r",
        "\uFEFF[profile a]\nregion = eu-west-1",
        "[profile\ta]\nregion\t=\teu-west-1\t\n",
        "[ profile  a ] # comment ]\nregion=eu-west-1 # comment\n",
        "[profile a];comment\nregion = eu-west-1\t; comment\n",
        "[profile 'a']\nregion = eu-west-1\n",
        "[profile \"a\"]\nregion = eu-west-1\n",
        "[profile a]\n\n# comment\n  ; comment\nREGION = eu-west-1\n",
        "[profile a]\nregion: eu-west-1\n",
        "[profile a]\n  output = json\n  # comment\n  region = eu-west-1\n",
        "  [profile a]\n  region = eu-west-1\n",
        "[profile a]\ns3 =\n  region = no\n  # comment\n\n  max = 1\nregion = eu-west-1\n",
        "[profile a]\noutput = json\n[other]\nregion = no\n[profile a]\nregion = eu-west-1\n",
        "[profile a]\nregion = no\nregion = eu-west-1\n",
        "[profile a]\nregion = eu-west-1\n [profile b]\nregion = no\n",
        "[profile a]\nregion = eu-west-1\n[profiles b]\nregion = no\n[]\nregion = no\n"
      })
  void readsTheRegion(String text) {
    assertThat(home.config(text).outcome("a")).isEqualTo("key a > token 12h eu-west-1 : eu-west-1");
  }

  @Test
  void readsNamesWithSpacesQuotesAndOtherSigns() {
    home.config(
        """
        [profile 'a b']
        [profile "c d"]
        [profile e\\ f]
        [profile g h]
        [profile i#j]
        [profile k;l/m.n@o]
        [profile p]q]
        [profile ünï]
        [profile it"'"s]
        """);
    assertThat(names()).isEqualTo("a b|c d|e f|g h|i#j|k;l/m.n@o|p]q|ünï|it's");
  }

  @Test
  void aCredentialsFileNamesItsSectionsPlainly() {
    home.credentials("[a]\n[profile b]\n[ c d ]\n[default]\n");
    assertThat(names()).isEqualTo("a|profile b|c d|default");
  }

  @Test
  void headersThatNameNothingAreNoProfiles() {
    home.config("[profile]\n[profile ]\n[profile \"\"]\n[profile 'a]\n[]\n[\n[x\n[default]\n");
    assertThat(names()).isEqualTo("default");
  }

  @Test
  void ofTwoSpellingsOfANameTheLaterSectionCounts() {
    String first = "]\nregion = eu-west-1\nmfa_serial = ab1234567\n";
    String second = "]\nregion = x-1\n";
    home.config("[profile default" + first + "[default" + second);
    assertThat(home.outcome("default")).isEqualTo("key default > token 12h x-1 : x-1");
    home.config("[default" + first + "[profile default" + second);
    assertThat(home.outcome("default")).isEqualTo("key default > token 12h x-1 : x-1");
  }

  @Test
  void sectionsOfOneSpellingAddUp() {
    home.config(
        """
        [profile a]
        region = x-1
        mfa_serial = ab1234567
        [profile b]
        [profile a]
        region = x-2
        """);
    assertThat(home.outcome("a")).isEqualTo("key a > token ab1234567 12h x-2 : x-2");
  }

  @Test
  void linesBeforeTheFirstHeaderBelongToNoProfile() {
    home.config("region = no\n[profile a]\n");
    assertThat(home.outcome("a")).isEqualTo("key a > token 12h us-east-1");
    assertThat(home.outcome("zzz")).contains("~/.aws/config:1 belongs to no section");
  }

  @Test
  void aBlankValueIsNone() {
    home.config("[profile a]\nregion =\nmfa_serial = # none\nrole_arn =   \n");
    assertThat(home.outcome("a")).isEqualTo("key a > token 12h us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c 'cd /x ; helper'",
        "op --item \"AWS #1\"",
        "printf a;b #c ; d",
        "# all of it",
        "one\ttwo\t# three"
      })
  void nothingInACommandLineIsAComment(String command) {
    home.config(
        """
        [profile a]
        credential_process = %1$s
        [profile b]
        mfa_serial = ab1234567
        MFA_process=%1$s
        [profile c]
        web_identity_token_process : %1$s
        role_arn = arn:aws:iam::222222222222:role/r
        region = eu-west-1 ; a comment
        """
            .formatted(command));
    home.keys("b");
    assertThat(home.outcome("a")).startsWith("process `" + command + "` (");
    assertThat(home.outcome("b")).startsWith("key b > token ab1234567 (" + command + ") ");
    assertThat(home.outcome("c")).startsWith("web 222/r ").contains("by `" + command + "` ");
    assertThat(home.outcome("c")).endsWith(": eu-west-1");
  }

  @Test
  void aCommandLineGoesOnInTheLinesBelowIt() {
    home.config("[profile a]\ncredential_process = one ;\n  # no part of it\n  two # 2\n");
    assertThat(home.outcome("a")).startsWith("process `one ;\ntwo # 2` (");
  }

  @Test
  void positionsAreThoseOfTheFile() {
    String text =
        """

        # text
        [profile a]

        region = x-1

          # text
        duration_seconds = 1
        role_arn = arn:aws:iam::222222222222:role/r
        """;
    home.config(text.replace("\n", "\r\n"));
    assertThat(home.outcome("a")).startsWith("duration_seconds (~/.aws/config:8) ");
  }

  private String names() {
    return home.profiles.list(home.environment()).stream()
        .map(profile -> profile.summary().name())
        .collect(Collectors.joining("|"));
  }
}
