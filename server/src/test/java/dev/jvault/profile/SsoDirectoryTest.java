package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logins of the config files, found by their own name. */
final class SsoDirectoryTest {
  private static final String SESSION =
      """
      [sso-session corp]
      sso_start_url = https://corp.awsapps.com/start
      sso_region = eu-west-1
      """;

  @TempDir Path folder;

  @Test
  void aLoginTrustsTheCertificatesOfAProfileThatUsesIt() {
    var home = new ConfigHome(folder);
    home.config(
        SESSION
            + "[profile other]\nca_bundle = /etc/other.pem\n"
            + "[profile dev]\nsso_session = corp\nca_bundle = /etc/corp.pem\n");
    SsoSession session = find(home);
    assertThat(session.oidc().caBundle()).contains(Path.of("/etc/corp.pem"));
    assertThat(session.portal().caBundle()).contains(Path.of("/etc/corp.pem"));
    assertThat(new SsoDirectory(home.profiles).all(CallerEnvironment.of(home.variables)))
        .containsExactly(session);
  }

  @Test
  void aLoginTrustsTheCertificatesOfTheVariables() {
    var home = new ConfigHome(folder);
    home.config(SESSION).with("AWS_CA_BUNDLE", "/etc/a.pem").with("CURL_CA_BUNDLE", "/etc/b.pem");
    assertThat(find(home).oidc().caBundle()).contains(Path.of("/etc/a.pem"));
    assertThat(find(home).oidc().authorities())
        .containsExactly(Setting.variable("CURL_CA_BUNDLE", "/etc/b.pem"));
  }

  private static SsoSession find(ConfigHome home) {
    return new SsoDirectory(home.profiles)
        .find("corp", CallerEnvironment.of(Map.copyOf(home.variables)));
  }
}
