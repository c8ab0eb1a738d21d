package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names of generated profiles. */
final class ProfileTemplateTest {
  private static final Map<String, String> PARTS =
      Map.of(
          "account_id", "111122223333",
          "account_name", " R&D \u2013 Größe] ",
          "account_email", "root@example.com",
          "role_name", "Admin",
          "sso_session", "corp");

  @Test
  void haveNothingThatAShellOrAConfigFileWouldQuote() {
    assertThat(name("{account_name}-{role_name}")).isEqualTo("R-D-Größe-Admin");
    assertThat(name("{sso_session}/{account_id} {account_email}"))
        .isEqualTo("corp/111122223333-root@example.com");
  }

  @Test
  void needATemplateWithKnownParts() {
    assertThatThrownBy(() -> ProfileTemplate.of("{acount_name}"))
        .hasMessageContainingAll("{acount_name}", "{account_name}");
    assertThatThrownBy(() -> ProfileTemplate.of("{role_name")).hasMessageContaining("not closed");
    assertThatThrownBy(() -> name("--")).hasMessageContaining("no name");
  }

  private static String name(String template) {
    return ProfileTemplate.of(template).name(PARTS);
  }
}
