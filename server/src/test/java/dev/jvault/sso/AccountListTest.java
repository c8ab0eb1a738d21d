package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FakeIdentityCenter.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of the accounts and roles that a login gives. */
final class AccountListTest {
  @TempDir Path folder;
  private SsoFixture sso;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    sso = new SsoFixture(folder).loggedIn();
  }

  @AfterEach
  void close() {
    sso.close();
  }

  @Test
  void hasAllOfTwoThousandAccounts() {
    for (int i = 0; i < 1_999; i++) {
      sso.center.account("%012d".formatted(i), "Account %04d".formatted(i), "Admin", "ReadOnly");
    }
    List<SsoAccount> accounts = ((AccountList.Listed) list()).accounts();
    assertThat(accounts).hasSize(2_000);
    assertThat(accounts.get(7).roles()).containsExactly("Admin", "ReadOnly");
    assertThat(sso.center.count("/assignment/accounts")).isEqualTo(20);
  }

  @Test
  void followsTheRolesOfOneAccountOverSeveralParts() {
    for (int i = 0; i < 250; i++) {
      sso.center.account("000000000001", "Big", "Role%03d".formatted(i));
    }
    List<SsoAccount> accounts = ((AccountList.Listed) list()).accounts();
    assertThat(accounts.getFirst().name()).isEqualTo("Big");
    assertThat(accounts.getFirst().roles()).hasSize(250).isSorted();
  }

  @Test
  void asksAgainIfThePortalIsTooBusy() {
    Fault[] busy = Collections.nCopies(7, Fault.TOO_MANY).toArray(new Fault[0]);
    sso.center.next("/assignment/roles", busy);
    assertThat(list()).isInstanceOf(AccountList.Listed.class);
    assertThat(sso.pauses).isNotEmpty();
    assertThat(sso.pauses.getFirst()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void isNoListIfOneAccountFails() {
    sso.center.account("000000000001", "Other", "Admin");
    sso.center.next("/assignment/roles", Fault.DENIED);
    assertThat(list())
        .isInstanceOfSatisfying(
            AccountList.Failed.class,
            failed ->
                assertThat(failed.sentence())
                    .contains("does not list your roles in account", "of 2 accounts"));
  }

  @Test
  void hasNoNameThatWouldBecomeALineOfItsOwn() {
    sso.center.account("000000000001", "Other", "Admin\\ncredential_process = /tmp/evil");
    assertThat(list())
        .isInstanceOfSatisfying(
            AccountList.Failed.class,
            failed ->
                assertThat(failed.sentence()).contains("as AWS has none").doesNotContain("evil"));
    sso.center.account("000000000001", "Other\\u001b[31m");
    assertThat(list()).isInstanceOf(AccountList.Failed.class);
  }

  @Test
  void renewsATokenThatEndsInTheMiddle() {
    sso.center.next("/assignment/roles", Fault.UNAUTHORIZED);
    assertThat(list()).isInstanceOf(AccountList.Listed.class);
    assertThat(sso.center.count("/token")).isEqualTo(2);
  }

  @Test
  void needsALogin() {
    sso.logins.logout(sso.session());
    assertThat(list()).isInstanceOf(AccountList.LoginNeeded.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://ssoins-1.portal.eu-west-1.app.aws,eu-west-1",
    "https://SSOINS-1.portal.us-east-2.app.aws/,us-east-2",
    "https://ssoins-1.eu-central-1.portal.amazonaws.com,eu-central-1",
    "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1,us-gov-west-1",
    "https://d-1234567890.awsapps.com/start,",
    "https://portal.eu-west-1.app.aws.evil.example,"
  })
  void knowsTheRegionThatAnAddressNames(String address, String region) {
    assertThat(StartPage.regionIn(URI.create(address)).orElse(null)).isEqualTo(region);
  }

  @Test
  void findsTheRegionInAPage() {
    assertThat(StartPage.regionIn("<meta content='eu-north-1' name='region'>"))
        .hasValue("eu-north-1");
    assertThat(StartPage.regionIn("<meta name=\"region\" content=\"Bangladesh\">")).isEmpty();
    assertThat(StartPage.regionIn("<meta name=regional content=eu-west-1>")).isEmpty();
  }

  private AccountList list() {
    return sso.logins.accounts(sso.session(), told::add);
  }
}
