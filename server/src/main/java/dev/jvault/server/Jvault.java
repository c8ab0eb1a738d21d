package dev.jvault.server;

import dev.jvault.audit.AuditLog;
import dev.jvault.aws.SdkAmbient;
import dev.jvault.aws.SdkOidc;
import dev.jvault.aws.SdkPortal;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.aws.SdkSts;
import dev.jvault.control.ControlApi;
import dev.jvault.control.DaemonInfo;
import dev.jvault.control.VerbFactory;
import dev.jvault.control.Verbs;
import dev.jvault.credential.AwsServices;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Sources;
import dev.jvault.endpoint.CredentialResponder;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.grant.RandomToken;
import dev.jvault.http.LoopbackServer;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.imds.Instances;
import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.lifecycle.Heartbeat;
import dev.jvault.lifecycle.OutgoingHandover;
import dev.jvault.lifecycle.OwnSocket;
import dev.jvault.lifecycle.SingleInstance;
import dev.jvault.peer.OwnUid;
import dev.jvault.peer.PeerLookup;
import dev.jvault.peer.PortListeners;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Drivers;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.Secret;
import dev.jvault.session.InteractionBroker;
import dev.jvault.session.Sessions;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole daemon, wired by hand. Closing it ends everything in reverse order. */
final class Jvault implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jvault.class);

  private final ResourceStack resources = new ResourceStack();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final RuntimeFiles files;
  private final InstantSource clock;
  private final Instant started;
  private final Vault vault;
  private final Profiles profiles;
  private final SsoLogins sso;
  private final Sessions sessions;
  private final Grants grants;
  private final ReadyFiles readyFiles;
  private final ConfigCopies configCopies;
  private final ConfigReloader configReloader;
  private final AuditLog audit;
  private final SdkSts sts;
  private final EnvironmentKeys environmentKeys;
  private final ClockSkew skew = new ClockSkew();
  private final ProcessIdentity process;
  private final SingleInstance instance;
  private final OutgoingHandover outgoing;
  private final List<Runnable> givenUp = new ArrayList<>();
  private volatile IntPredicate ownPorts = _ -> false;
  private volatile Optional<IncomingHandover> incoming = Optional.empty();
  private final Secret proof = RandomToken.random(new SecureRandom());

  private Jvault(ServerConfig config, InstantSource clock) {
    this.files = config.files();
    this.clock = clock;
    this.started = clock.instant();
    this.process =
        ProcessIdentity.of(ProcessHandle.current().pid())
            .orElseThrow(() -> new IllegalStateException("this process lives"));
    OwnerFiles.folder(files.run());
    OwnerFiles.folder(files.state());
    this.instance = resources.add(SingleInstance.take(files.daemonLock(), process.pid()));
    this.outgoing = new OutgoingHandover(files.controlSocket(), this::stop);
    this.audit = resources.add(new AuditLog(files.audit(), clock));
    this.vault = resources.add(Vault.open(files.vault(), clock));
    this.sts = resources.add(new SdkSts(clock, skew));
    this.environmentKeys = new EnvironmentKeys(config.environment());
    var ambient =
        resources.add(
            new SdkAmbient(config.environment(), port -> ownPorts.test(port), clock, skew));
    this.profiles = new Profiles(new SdkSectionParser(), vault::mayHoldKey);
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("load-", 0).factory());
    resources.add(executor::shutdownNow);
    var codes = new MfaCodes(clock);
    var drivers = new Drivers(System.getProperty("os.name", ""));
    var oidc = resources.add(new SdkOidc(clock, skew));
    var portal = resources.add(new SdkPortal(clock, skew));
    this.sso = resources.add(new SsoLogins(oidc, portal, vault, clock, config.ssoCache()));
    var broker = new InteractionBroker(vault, codes, sso::loggedIn, drivers, clock);
    this.sessions =
        new Sessions(
            new Sources(
                vault, new AwsServices(sts, sso, ambient, skew), codes, environmentKeys, clock),
            vault,
            broker,
            clock,
            executor);
    this.grants = new Grants(files.state(), files.tokens(), clock);
    this.readyFiles = new ReadyFiles(files, process, proof, clock);
    this.configCopies = new ConfigCopies(files.run().resolve("config"), profiles);
    this.configReloader = new ConfigReloader(profiles, sessions, readyFiles, configCopies, vault);
  }

  /**
   * Starts a daemon; it answers when this returns.
   *
   * @throws JvaultException if another one runs, or a port or folder is not to be had
   */
  static Jvault start(ServerConfig config, InstantSource clock) {
    var jvault = new Jvault(config, clock);
    try {
      jvault.listen(config);
      return jvault;
    } catch (RuntimeException e) {
      jvault.close();
      throw e;
    }
  }

  /** Waits until somebody has asked it to stop. */
  void await() throws InterruptedException {
    stopped.await();
  }

  /** Asks it to stop. */
  void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
    if (resources.close()) {
      LOG.info("event=stopped pid={}", process.pid());
    }
  }

  private void listen(ServerConfig config) {
    PeerLookup peers = resources.add(PeerLookup.ofThisSystem());
    // The first question costs a tenth of a second, which nobody need wait for.
    Thread.ofVirtual().name("peers").start(peers::prepare);
    var responder = new CredentialResponder(sessions, audit, clock);
    var endpoint = new CredentialsEndpoint(grants, this::chain, responder, proof);
    incoming = config.predecessor().map(one -> IncomingHandover.begin(one.pid(), vault));
    LoopbackServer http =
        resources.add(new Listeners(config, new PeerCallerLookup(peers)).endpoint(endpoint));
    var imds =
        new ImdsListeners(
            http,
            new Instances(this::chain, vault::mayHoldKey, started),
            responder,
            grants,
            files.state(),
            PortListeners::holder,
            clock);
    imds.reopen();
    ownPorts =
        port -> port == http.port() || imds.all().stream().anyMatch(other -> other.port() == port);
    grants.whenEnded(grant -> ended(grant, imds));
    var api = new ControlApi(verbs(config, http, imds), process.pid());
    resources.add(Listeners.control(files.controlSocket(), api, process.pid()));
    var socket = resources.add(new OwnSocket(files.controlSocket()));
    resources.add(() -> removeReadyFiles(socket));
    Heartbeat heartbeat = resources.add(Heartbeat.start(() -> beat(socket, imds), clock));
    givenUp.addAll(
        List.of(
            heartbeat::close,
            grants::release,
            imds::release,
            vault::release,
            readyFiles::release,
            socket::close,
            instance::close));
    incoming.ifPresent(one -> one.afterwards(http::shareNoMore));
    LOG.info(
        "event=started version={} pid={} port={}",
        ProgramVersion.CURRENT,
        process.pid(),
        http.port());
  }

  private Verbs verbs(ServerConfig config, LoopbackServer http, ImdsListeners imds) {
    return new VerbFactory(
            new DaemonInfo(process.pid(), started, http.port(), files, config.installation()),
            vault,
            profiles,
            sessions,
            sso,
            grants,
            sts,
            environmentKeys,
            imds,
            readyFiles,
            configCopies,
            audit,
            OwnUid.get(),
            skew::ahead,
            clock,
            wanted -> outgoing.begin(() -> share(http), givenUp, wanted),
            this::stop)
        .verbs();
  }

  private boolean share(LoopbackServer http) {
    incoming.ifPresent(IncomingHandover::awaitAlone);
    return http.share();
  }

  private Chain chain(Grant grant, Optional<String> role) {
    incoming.ifPresent(IncomingHandover::awaitVault);
    return profiles.resolve(grant.profile(), role, grant.environment());
  }

  private Chain chain(Grant grant) {
    return chain(grant, Optional.empty());
  }

  /** What depends on a grant ends with it; a ready file leads to a terminal's. */
  private void ended(Grant grant, ImdsListeners imds) {
    if (grant.kind() == Grant.Kind.TERMINAL) {
      readyFiles.remove(grant.profile());
    }
    imds.closeRevoked();
  }

  /** Where the socket is another daemon's by now, the ready files are too. */
  private void removeReadyFiles(OwnSocket socket) {
    if (socket.present()) {
      readyFiles.removeAll();
    }
  }

  private Optional<Instant> beat(OwnSocket socket, ImdsListeners imds) {
    if (outgoing.begun()) {
      return Optional.empty();
    }
    if (!socket.present()) {
      LOG.warn("event=socket_lost file={}", files.controlSocket());
      stop();
      return Optional.empty();
    }
    for (Grant exposed : grants.tend()) {
      readyFiles.remove(exposed.profile());
      imds.renewKey(exposed);
    }
    readyFiles.removeExpired();
    audit.flush();
    return Stream.of(configReloader.look(), sso.refreshDue(), sessions.refreshDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** For a start that failed: the sentence of a fault that has none. */
  static JvaultException unexpected(RuntimeException e) {
    LOG.error("event=start_failed", e);
    return new JvaultException(
        ExitCode.FAULT, "The jvault daemon cannot start; `jvault log` has the reason.", e);
  }
}
