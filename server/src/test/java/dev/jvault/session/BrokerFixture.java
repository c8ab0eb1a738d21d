package dev.jvault.session;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.Sources;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeAmbient;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeProgram;
import dev.jvault.testing.FakeSts;
import dev.jvault.testing.Patience;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions over a vault with the stored key {@code root}, a folder of programs on the PATH, a
 * desktop if the test wants one, and a browser in which logins succeed if the test says so.
 */
final class BrokerFixture implements AutoCloseable {
  static final String SERIAL = "arn:aws:iam::123456789012:mfa/me";
  static final ServiceTarget STS =
      new ServiceTarget(
          "us-east-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
  static final SsoSession SSO =
      new SsoSession(
          "corp",
          URI.create("https://corp.example/start"),
          "us-east-1",
          List.of(),
          false,
          STS,
          STS);

  final FakeClock clock = new FakeClock();
  final FakeSts sts = new FakeSts(clock);
  final FakeAmbient ambient = new FakeAmbient();
  final AtomicInteger logins = new AtomicInteger();
  final Path bin;
  Vault vault;
  Sessions sessions;
  volatile boolean loginSucceeds;
  private volatile boolean loggedIn;
  private final Path folder;
  private final InMemoryKeyring keyring = new InMemoryKeyring();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> variables = new HashMap<>();

  BrokerFixture(Path folder, KeySource source) {
    this.folder = folder;
    this.bin = folder;
    variables.put("PATH", bin + ":/usr/bin:/bin");
    variables.put("HOME", folder.toString());
    open();
    vault.create(source, Optional.of(Secret.of("open sesame")), Optional.empty(), Map.of());
    vault.keys().put("root", new AccessKey("AKIAEXAMPLE0000001", Secret.of("secret")));
  }

  /** Starts a second daemon in place of the first. */
  void restart() {
    vault.close();
    open();
  }

  BrokerFixture with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  BrokerFixture withDisplay() {
    return with("DISPLAY", ":7");
  }

  FakeProgram program(String name, String script) {
    return new FakeProgram(bin, name, script);
  }

  CallerEnvironment caller() {
    return CallerEnvironment.of(variables);
  }

  Outcome sdk(Chain chain) {
    return sessions.obtainFor(SdkProvider.CONTAINER, chain, caller());
  }

  Outcome verb(Chain chain, Person person) {
    return sessions.obtain(chain, caller(), person);
  }

  static Chain role(String role) {
    return role(role, SERIAL, Optional.empty());
  }

  static Chain role(String role, String serial, Optional<String> process) {
    var mfa =
        new Hop.SessionToken(
            Optional.of(new MfaDevice(serial, process)), Duration.ofHours(12), STS);
    return new Chain(
        role, List.of(new Hop.StoredKey("root"), mfa, assumed(role, STS)), Optional.empty());
  }

  /** The hop of a role for an hour. */
  static Hop.AssumeRole assumed(String role, ServiceTarget at) {
    Duration hour = Duration.ofHours(1);
    return new Hop.AssumeRole(
        role, role, "jvault", RoleOptions.NONE, Optional.empty(), hour, hour, at);
  }

  static Chain sso() {
    return new Chain(
        "sso", List.of(new Hop.Sso("sso", SSO, "123456789012", "Reader")), Optional.empty());
  }

  static Outcome needsCode(String serial) {
    return new Outcome.NeedsPerson(new PersonNeed.MfaCode(serial));
  }

  static Outcome wrongCode() {
    return new Outcome.Denied(Outcome.Reason.MFA_REFUSED, "wrong");
  }

  @Override
  public void close() {
    executor.shutdownNow();
    vault.close();
  }

  ExecutorService executor() {
    return executor;
  }

  private void open() {
    vault = new Vault(folder.resolve("vault"), keyring, clock);
    var codes = new MfaCodes(clock, clock::advance);
    InteractionBroker.BrowserLogins browser =
        (_, _, _) -> {
          logins.incrementAndGet();
          loggedIn = loginSucceeds;
          return loginSucceeds;
        };
    var broker = new InteractionBroker(vault, codes, browser, new Drivers("Linux"), clock);
    var aws =
        new Sources.AwsServices(
            sts, (session, _, _) -> portal(session), ambient, new ClockSkew(clock));
    var sources = new Sources(vault, aws, codes, new EnvironmentKeys(Map.of()), clock);
    sessions =
        new Sessions(sources, vault, broker, _ -> Patience.LIMIT, clock, executor, clock::advance);
  }

  private Outcome portal(SsoSession session) {
    return loggedIn
        ? sts.getSessionToken(
            new AccessKey("AKIAEXAMPLE0000002", Secret.of("sso")),
            new Hop.SessionToken(Optional.empty(), Duration.ofHours(1), STS),
            Optional.empty())
        : new Outcome.NeedsPerson(new PersonNeed.SsoLogin(session));
  }
}
