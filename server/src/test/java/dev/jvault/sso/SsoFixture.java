package dev.jvault.sso;

import dev.jvault.aws.SdkSsoOidc;
import dev.jvault.aws.SdkSsoPortal;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.http.PeerCallerLookup;
import dev.jvault.peer.PeerLookup;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SsoSession;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeIdentityCenter;
import dev.jvault.testing.OneClock;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.NewIdentity;
import dev.jvault.vault.UnlockResult;
import dev.jvault.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Logins with an unlocked vault, an adjustable clock, and a fake IAM Identity Center. */
final class SsoFixture implements AutoCloseable {
  static final String ACCOUNT = "123456789012";
  static final String ROLE = "Developer";
  static final LoginOptions BY_HAND =
      new LoginOptions(AuthorizationFlow.BROWSER, false, Optional.empty());
  static final LoginOptions BY_DEVICE =
      new LoginOptions(AuthorizationFlow.DEVICE_CODE, false, Optional.empty());

  private static final Map<String, String> HELPER = Map.of("PATH", "/usr/bin:/bin", "HOME", "/");

  final FakeClock clock = new FakeClock();
  final FakeIdentityCenter center = new FakeIdentityCenter(clock);
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final Path cache;

  /** Runs after each wait of a login with a code. */
  Runnable afterPause = () -> {};

  Vault vault;
  SsoLogins logins;

  private final Path folder;
  private final PeerCallerLookup callers = new PeerCallerLookup(PeerLookup.ofThisSystem());
  private final ClockSkew skew = new ClockSkew(new OneClock(InstantSource.system()));
  private final SdkSsoOidc oidc = new SdkSsoOidc(clock, skew);
  private final SdkSsoPortal portal = new SdkSsoPortal(clock, skew);
  private Duration limit = Duration.ofSeconds(20);
  private ScriptedBrowserUser user = ScriptedBrowserUser.whoIgnoresPages();

  SsoFixture(Path folder) {
    this.folder = folder;
    this.cache = folder.resolve("home/.aws/sso/cache");
    open();
    vault.create(KeySource.COMMAND, Optional.empty(), Optional.of(NewIdentity.command()), HELPER);
  }

  /** Limits the time that the user has. */
  SsoFixture within(Duration span) {
    limit = span;
    vault.close();
    open();
    unlock();
    return this;
  }

  /** Restarts the daemon, with a locked vault. */
  void restart() {
    vault.close();
    open();
  }

  void unlock() {
    if (vault.unlock(Optional.empty(), HELPER) != UnlockResult.OPEN) {
      throw new AssertionError("the vault stays locked");
    }
  }

  SsoSession session() {
    return session("corp", List.of("sso:account:access"), false);
  }

  SsoSession legacy() {
    return session("https://corp.awsapps.com/start", List.of(), true);
  }

  SsoSession session(String name, List<String> scopes, boolean legacy) {
    var target =
        new ServiceTarget(
            "eu-west-1",
            Optional.of(center.endpoint()),
            false,
            false,
            Optional.empty(),
            Optional.empty());
    return new SsoSession(
        name,
        URI.create("https://corp.awsapps.com/start"),
        "eu-west-1",
        scopes,
        legacy,
        target,
        target);
  }

  LoginResult login(ScriptedBrowserUser person) {
    return logins.login(session(), BY_HAND, person, HELPER);
  }

  LoginResult loginByDevice(SsoSession session, ScriptedBrowserUser person) {
    user = person;
    return logins.login(session, BY_DEVICE, person, HELPER);
  }

  /** Logs in with a code, and with a browser of this machine. */
  LoginResult loginByDevice(SsoSession session, ScriptedBrowserUser person, Path browser) {
    user = person;
    return logins.login(
        session,
        new LoginOptions(AuthorizationFlow.DEVICE_CODE, true, Optional.empty()),
        person,
        Map.of("PATH", "/usr/bin:/bin", "HOME", "/", "BROWSER", browser.toString()));
  }

  /** Logs in. */
  SsoFixture loggedIn() {
    if (!(login(ScriptedBrowserUser.whoOpensPages()) instanceof LoginResult.LoggedIn)) {
      throw new AssertionError("no login");
    }
    return this;
  }

  Outcome role() {
    return logins.credentials(session(), ACCOUNT, ROLE);
  }

  Path file(String name) {
    return cache.resolve(name);
  }

  @Override
  public void close() {
    logins.close();
    vault.close();
    oidc.close();
    portal.close();
    center.close();
    callers.close();
  }

  private void open() {
    vault = Vault.open(folder.resolve("vault"), clock);
    logins =
        new SsoLogins(
            oidc,
            portal,
            vault,
            clock,
            cache,
            callers,
            new LoginRunner.Timeout(
                limit,
                span -> {
                  pauses.add(span);
                  // The pause takes no time, but the user's browser does.
                  user.finishVisits();
                  clock.advance(span);
                  afterPause.run();
                }));
  }
}
