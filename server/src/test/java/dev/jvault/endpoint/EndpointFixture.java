package dev.jvault.endpoint;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.TokenlessRequests;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.aws.SdkSts;
import dev.jvault.clock.Sleeper;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sources;
import dev.jvault.demo.StandInSts;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.http.Caller;
import dev.jvault.http.LoopbackServer;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.imds.ImdsServer;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.peer.PeerProcess;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.server.RunningJvault;
import dev.jvault.session.Sessions;
import dev.jvault.testing.AdjustableClock;
import dev.jvault.testing.FakeAws;
import dev.jvault.testing.OneClock;
import dev.jvault.testing.Patience;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The endpoint and the IMDS listeners without a daemon around them: grants, sessions and a stand-in
 * for AWS, with the profiles of {@link RunningJvault}. Every caller is this process.
 */
public final class EndpointFixture implements AutoCloseable {
  private static final String KEY_ID = RunningJvault.KEY_ID;
  private static final Secret KEY_SECRET = Secret.of(RunningJvault.KEY_SECRET);

  private final Path home;
  private final AdjustableClock clock = new AdjustableClock();
  private final StandInSts standIn;
  private final SdkSts sts = new SdkSts(clock, new ClockSkew(new OneClock(InstantSource.system())));
  private final InMemoryKeyring keyring = new InMemoryKeyring();
  private final Vault vault;
  private final Profiles profiles;
  private final Sessions sessions;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private CallerEnvironment caller;
  private int port;
  private Grants grants;
  private LoopbackServer http;
  private ImdsListeners imds;
  private AuditLog audit;

  /** An endpoint in a home of the test. */
  public EndpointFixture(Path home) throws IOException {
    this.home = home;
    this.caller = CallerEnvironment.of(Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
    this.standIn = new StandInSts(new AccessKey(KEY_ID, KEY_SECRET), Duration.ofHours(1), clock);
    config(RunningJvault.profiles(standIn.endpoint()));
    this.vault = new Vault(home.resolve("vault"), keyring, clock);
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), Map.of());
    vault.keys().put("dev", new AccessKey(KEY_ID, KEY_SECRET));
    this.profiles = new Profiles(new ConfigReader(new SdkSectionParser()), vault::mayHoldKey);
    var codes = new MfaCodes(clock);
    this.sessions =
        new Sessions(
            new Sources(vault, FakeAws.around(sts), codes, new EnvironmentKeys(Map.of()), clock),
            vault,
            new InteractionBroker(
                vault, codes, InteractionBroker.BrowserLogins.NONE, new Drivers("Linux"), clock),
            _ -> Patience.LIMIT,
            clock,
            executor,
            Sleeper.REAL);
    open();
  }

  /** Closes the listeners and opens them again from what is kept on disk. */
  public void restart() {
    closeListeners();
    open();
  }

  /** Locks the vault and its keyring, as a reboot does; the desktop then asks by this. */
  void lockKeyring(Runnable whenAsked) {
    sessions.lock(false);
    vault.endUserLock();
    keyring.lock(whenAsked);
  }

  /** From now on, callers have a desktop. */
  EndpointFixture onADesktop() {
    caller =
        CallerEnvironment.of(
            Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin", "DISPLAY", ":0"));
    return this;
  }

  /** The client of a profile's grant, after its session was loaded. */
  SdkClient client(String profile) {
    Grant grant = grants.standing(Grant.Kind.TERMINAL, profile, caller);
    load(profile);
    return new SdkClient(
        URI.create("http://127.0.0.1:" + port + grant.credentialsPath()),
        grants.tokenFile(grant.id()));
  }

  /** The client of a new grant for a profile, at the path of a role that the grant allows. */
  SdkClient client(String profile, String role) {
    var holder = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    Grant grant = grants.bound(profile, caller, List.of(role), holder);
    return new SdkClient(
        URI.create("http://127.0.0.1:" + port + "/role-arn/" + role), grants.tokenFile(grant.id()));
  }

  /** The port of a profile's IMDS listener, after its session was loaded. */
  public int imdsPort(String profile) {
    load(profile);
    return imds.open(profile, caller, OptionalInt.empty(), Optional.empty(), false).port();
  }

  /** The endpoint's port. */
  public int port() {
    return port;
  }

  /** The clock of the endpoint and of its AWS. */
  public AdjustableClock clock() {
    return clock;
  }

  /** The stand-in for AWS. */
  public StandInSts sts() {
    return standIn;
  }

  /** The audit's file. */
  Path audit() {
    return home.resolve("audit.jsonl");
  }

  /** Replaces the config file. */
  public void config(String text) {
    try {
      Path config = home.resolve(".aws/config");
      Files.createDirectories(config.getParent());
      // Replaced by a rename, because a file that is written in place may be read half-written.
      Path next = Files.writeString(config.resolveSibling("config.next"), text);
      Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
      Files.move(next, config, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closeListeners();
    executor.close();
    vault.close();
    sts.close();
    standIn.close();
  }

  private void open() {
    Path state = home.resolve("state");
    OwnerFiles.folder(state);
    grants = new Grants(state, home.resolve("tokens"), clock);
    audit = new AuditLog(audit(), clock);
    var responder = new CredentialResponder(sessions, audit, clock);
    var chains = new GrantChains(profiles, () -> {}, () -> true);
    var endpoint =
        new CredentialsEndpoint(
            grants, chains, responder, Secret.of("proof"), new TokenlessRequests(audit, clock));
    http = LoopbackServer.start(port, endpoint.listenerConfig(), (_, _) -> new ThisProcess());
    port = http.port();
    imds =
        new ImdsListeners(
            new ImdsServer(
                http, own -> own == http.port(), grants, chains, responder, clock.instant(), clock),
            grants,
            state);
    imds.reopen();
  }

  private void closeListeners() {
    http.close();
    audit.close();
  }

  private void load(String profile) {
    Outcome outcome = sessions.obtain(profiles.resolve(profile, caller), caller, Person.ABSENT);
    if (!(outcome instanceof Outcome.Issued)) {
      throw new AssertionError("no session for " + profile + ": " + outcome);
    }
  }

  private record ThisProcess() implements Caller {
    @Override
    public boolean ownUser() {
      return true;
    }

    @Override
    public long uid() {
      return 1_000;
    }

    @Override
    public boolean forwarded() {
      return false;
    }

    @Override
    public CompletableFuture<Optional<PeerProcess>> process() {
      return CompletableFuture.completedFuture(
          Optional.of(new PeerProcess(ProcessHandle.current().pid(), "/usr/bin/java")));
    }
  }
}
