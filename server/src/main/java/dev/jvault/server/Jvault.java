package dev.jvault.server;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.TokenlessRequests;
import dev.jvault.clock.Clocks;
import dev.jvault.completion.PreparedNames;
import dev.jvault.console.ConsoleBrowser;
import dev.jvault.control.ControlApi;
import dev.jvault.control.DaemonInfo;
import dev.jvault.control.DaemonPhase;
import dev.jvault.control.EndpointPort;
import dev.jvault.control.Handover;
import dev.jvault.control.PendingUpgrade;
import dev.jvault.control.VerbFactory;
import dev.jvault.control.Verbs;
import dev.jvault.endpoint.CredentialResponder;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PeerCallerLookup;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.CopyWriter;
import dev.jvault.launch.NamedProfiles;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.lifecycle.DaemonPlace;
import dev.jvault.lifecycle.FolderWatch;
import dev.jvault.lifecycle.Heartbeat;
import dev.jvault.lifecycle.IdleEnd;
import dev.jvault.lifecycle.Maintenance;
import dev.jvault.lifecycle.OutgoingHandover;
import dev.jvault.lifecycle.SingleInstance;
import dev.jvault.lifecycle.Successor;
import dev.jvault.lifecycle.Upgrade;
import dev.jvault.peer.PeerLookup;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.RandomToken;
import dev.jvault.secret.Secret;
import dev.jvault.served.ServedProfiles;
import dev.jvault.session.SdkProvider;
import dev.jvault.session.SdkTimeouts;
import dev.jvault.setup.CredentialProcessLine;
import dev.jvault.systemd.InheritedSockets;
import dev.jvault.systemd.Notifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: wires the whole daemon by hand. Closing it closes all in reverse order. */
final class Jvault implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jvault.class);

  /** Within it the ports, the socket and the secrets are given up, whatever hangs. */
  static final Duration LONGEST_CLOSE = Duration.ofMillis(1_300);

  private final ResourceStack resources = new ResourceStack(LONGEST_CLOSE);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final RuntimeFiles files;
  private final Clocks clock;
  private final Instant started;
  private final PeerCallerLookup callers;
  private final CredentialServices services;
  private final Grants grants;
  private final ReadyFiles readyFiles;
  private final ConfigCopies configCopies;
  private final ConfigReloader configReloader;
  private final PreparedNames preparedNames;
  private final AuditLog audit;
  private final TokenlessRequests tokenless;
  private final ProcessIdentity process;
  private final SingleInstance instance;
  private final OwnPorts ownPorts = new OwnPorts();
  private volatile Supplier<String> state = () -> "starting";
  private volatile Supplier<Optional<Upgrade.Pending>> pendingUpgrade = Optional::empty;
  private volatile Runnable leaving = () -> {};
  private final Secret proof = RandomToken.random(new SecureRandom());

  private Jvault(ServerConfig config, SdkTimeouts timeouts, Clocks clock) {
    this.files = config.files();
    this.clock = clock;
    this.started = clock.instant();
    this.process =
        ProcessIdentity.of(ProcessHandle.current().pid())
            .orElseThrow(() -> new IllegalStateException("this process is alive"));
    // The vault itself checks who may enter its folder.
    OwnerFiles.create(files.vault());
    this.instance = resources.add(SingleInstance.take(files.daemonLock(), process.pid()));
    OwnerFiles.folder(files.run());
    OwnerFiles.folder(files.state());
    this.audit = resources.add(new AuditLog(files.audit(), clock));
    this.tokenless = new TokenlessRequests(audit, clock);
    this.callers = resources.add(new PeerCallerLookup(PeerLookup.ofThisSystem()));
    this.services = CredentialServices.wire(config, callers, ownPorts, timeouts, clock, resources);
    this.grants = new Grants(files.state(), files.tokens(), clock);
    this.readyFiles = new ReadyFiles(files, process, proof, clock);
    this.configCopies =
        new ConfigCopies(
            files.run().resolve("config"),
            services.configReader(),
            new NamedProfiles(
                services.profiles(),
                services.configReader(),
                () -> services.vault().exists() && !services.vault().unlocked(),
                profile ->
                    CredentialProcessLine.line(
                        config.installation().command().toString(), profile)),
            new CopyWriter(new ConfigEditor(services.configReader()), clock));
    this.preparedNames =
        new PreparedNames(files, services.profiles(), services.configReader(), grants);
    this.configReloader =
        new ConfigReloader(
            services.profiles(),
            services.configReader(),
            services.sessions(),
            readyFiles,
            configCopies,
            services.vault());
  }

  /**
   * Starts a daemon. It answers requests when this returns.
   *
   * @param timeouts how long SDK requests wait
   * @throws JvaultException if another daemon runs, or a port or folder is not available
   */
  static Jvault start(ServerConfig config, SdkTimeouts timeouts, Clocks clock) {
    return start(config, timeouts, clock, Notifier.of(Map.of()));
  }

  /**
   * As above.
   *
   * @param notifier tells systemd what the daemon does
   */
  static Jvault start(ServerConfig config, SdkTimeouts timeouts, Clocks clock, Notifier notifier) {
    var jvault = new Jvault(config, timeouts, clock);
    try {
      jvault.listen(config, timeouts.of(SdkProvider.CONTAINER), notifier);
      return jvault;
    } catch (RuntimeException e) {
      jvault.close();
      throw e;
    }
  }

  /** What it does at the moment, for people. */
  String state() {
    return state.get();
  }

  /** Waits until the daemon has been asked to stop. */
  void await() throws InterruptedException {
    stopped.await();
  }

  /** Asks the daemon to stop; returns at once. */
  void stop() {
    stopped.countDown();
  }

  /**
   * After a handover, and if systemd keeps the sockets, answers the requests that have come here,
   * which takes as long as AWS does. To be called before {@link #close}, which has no time for
   * that. Does nothing otherwise.
   */
  void leave() {
    leaving.run();
  }

  @Override
  public void close() {
    stop();
    if (resources.close()) {
      LOG.info("event=stopped pid={}", process.pid());
    }
  }

  private void listen(ServerConfig config, Duration longestRequest, Notifier notifier) {
    InheritedSockets sockets = config.activation().sockets();
    var endpoints =
        EndpointServices.wire(
            config,
            services,
            new CredentialResponder(services.sessions(), audit, clock),
            grants,
            proof,
            tokenless,
            callers,
            longestRequest,
            started,
            clock,
            resources);
    Listeners listeners = endpoints.listeners();
    LoopbackServer http = listeners.http();
    leaving = http::leave;
    ImdsListeners imds = endpoints.imds();
    ownPorts.are(listeners, imds);
    ServedProfiles served = endpoints.served();
    services.sessions().keep(served::names);
    var dependents = new GrantDependents(grants, readyFiles, imds);
    var outgoing =
        new OutgoingHandover(
            files.controlSocket(),
            () -> {
              endpoints.incoming().awaitAlone();
              return http.share();
            },
            this::stop);
    var daemonState =
        new DaemonState(
            endpoints.preparation()::running,
            () -> outgoing.begun() || stopped.getCount() == 0,
            services.vault(),
            services.sessions(),
            served);
    state = () -> daemonState.now().text();
    var api =
        new ControlApi(
            verbs(
                config,
                daemonState::now,
                listeners.port(),
                http::malformed,
                imds,
                served,
                handover(sockets, outgoing)),
            process.pid(),
            preparedNames::calledBy);
    var control =
        resources.add(
            new ControlListener(
                files.controlSocket(),
                api,
                process.pid(),
                ShortLivedFolder.parents(config.environment()),
                sockets.control()));
    resources.add(api::endQuestions);
    resources.add(() -> removeReadyFiles(control));
    var place = new DaemonPlace(instance, control);
    resources.add(place::giveUp);
    var upgrade =
        upgrade(config, listeners.port()::number, api, handover(sockets, outgoing), outgoing);
    pendingUpgrade = upgrade::pending;
    Maintenance maintenance =
        maintenance(endpoints, place, outgoing, dependents).each(upgrade::check);
    if (sockets.any()) {
      maintenance.due(
          new IdleEnd(
              new DaemonUse(
                  sockets,
                  listeners,
                  control,
                  api,
                  imds,
                  served,
                  services.sessions(),
                  services.vault()),
              config.activation().idleEnd(),
              clock.steadySource(),
              this::stop));
    }
    Heartbeat heartbeat = resources.add(Heartbeat.start(() -> beat(maintenance, notifier), clock));
    resources.add(
        FolderWatch.changes(
            configCopies::folders,
            () -> {
              if (!outgoing.begun()) {
                configCopies.refresh();
              }
              return false;
            }));
    resources.add(PlaceWatch.start(place, files.vault(), control, configCopies, this::stop));
    resources.add(TokenFileWatch.start(files.tokens(), dependents::maintain, outgoing::begun));
    outgoing.givesUp(
        heartbeat::close,
        place::giveUp,
        grants::release,
        imds::release,
        services.vault()::release,
        readyFiles::release,
        preparedNames::release,
        control::giveUp,
        instance::close);
    endpoints.incoming().whenAlone(http::stopSharing);
    endpoints.preparation().begin();
    LOG.info(
        "event=started version={} pid={} port={}",
        ProgramVersion.CURRENT,
        process.pid(),
        listeners.port().number());
  }

  private Maintenance maintenance(
      EndpointServices endpoints,
      DaemonPlace place,
      OutgoingHandover outgoing,
      GrantDependents dependents) {
    return new Maintenance(place::check, outgoing::begun, this::stop)
        .each(dependents::maintain)
        .each(() -> endpoints.listeners().maintain(readyFiles::removeAll))
        .each(endpoints.imds()::takeBack)
        .each(readyFiles::removeExpired)
        .each(configCopies::restoreIfGone)
        .each(preparedNames::refresh)
        .each(audit::flush)
        .each(services.vault()::restoreKeySource)
        .each(endpoints.preparation()::review)
        .due(configReloader::reload)
        .due(services.sso()::refreshDue)
        .due(services.sessions()::refreshDue);
  }

  /** A task that fails is no reason for systemd to restart the daemon; one that hangs is. */
  private Optional<Instant> beat(Maintenance maintenance, Notifier notifier) {
    try {
      return maintenance.get();
    } finally {
      notifier.alive();
      notifier.status(state());
    }
  }

  private Verbs verbs(
      ServerConfig config,
      Supplier<DaemonPhase> phase,
      EndpointPort port,
      LongSupplier malformed,
      ImdsListeners imds,
      ServedProfiles served,
      Handover handover) {
    return new VerbFactory(
            new DaemonInfo(
                process.pid(),
                started,
                port,
                files,
                config.installation(),
                config.activation().sockets().any()),
            phase,
            services.vault(),
            services.profiles(),
            services.configReader(),
            services.sessions(),
            services.sso(),
            grants,
            services.sts(),
            services.iam(),
            services.federation(),
            ConsoleBrowser.ofThisSystem(callers),
            services.environmentKeys(),
            imds,
            served,
            readyFiles,
            configCopies,
            audit,
            tokenless,
            OwnUid.get(),
            services.skew()::ahead,
            malformed,
            clock,
            () ->
                pendingUpgrade
                    .get()
                    .map(pending ->
                        new PendingUpgrade(
                            pending.version(),
                            pending.until().name().toLowerCase(Locale.ROOT),
                            pending.until().sentence())),
            handover,
            this::stop)
        .verbs();
  }

  private Upgrade upgrade(
      ServerConfig config,
      IntSupplier port,
      ControlApi api,
      Handover handover,
      OutgoingHandover outgoing) {
    var moment = new UpgradeMoment(config.activation(), api, services.sessions(), services.vault());
    return new Upgrade(
        config.installation(),
        clock,
        moment,
        config.activation().failedUpgrade(),
        new UpgradeHandover(
            files,
            config.installation(),
            port,
            process.pid(),
            new Successor(config.environment(), files.log()),
            handover,
            () -> moment.quiet() && !outgoing.begun()));
  }

  /** If systemd keeps the sockets, this daemon just ends. */
  private Handover handover(InheritedSockets sockets, OutgoingHandover outgoing) {
    return client -> {
      if (sockets.any()) {
        stop();
        return Handover.Sockets.KEPT;
      }
      return outgoing.begin(client) ? Handover.Sockets.SHARED : Handover.Sockets.FREED;
    };
  }

  /** Leaves the ready files alone if the socket is another daemon's by now: then they are too. */
  private void removeReadyFiles(ControlListener control) {
    if (control.present()) {
      readyFiles.removeAll();
    }
  }
}
