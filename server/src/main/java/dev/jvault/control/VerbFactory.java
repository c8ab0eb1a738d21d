package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.TokenlessRequests;
import dev.jvault.clock.Sleeper;
import dev.jvault.console.ConsoleBrowser;
import dev.jvault.console.Federation;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Iam;
import dev.jvault.credential.Sts;
import dev.jvault.doctor.CheckRunner;
import dev.jvault.doctor.Checks;
import dev.jvault.explain.Explainer;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.LaunchPlanner;
import dev.jvault.launch.LaunchPreparation;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.rotation.Rotation;
import dev.jvault.served.ServedProfiles;
import dev.jvault.session.Sessions;
import dev.jvault.setup.RunningPrograms;
import dev.jvault.setup.Setup;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Wires the verbs: each gets exactly what it uses, and none of them sees this record. It belongs to
 * the composition root, but is here so that the verbs stay private to their package.
 *
 * @param environmentKeys the credentials in callers' variables, for profiles that start with them
 * @param skew how far AWS's clock is ahead of this machine's
 * @param uid the user that runs the daemon and, because of the control socket's owner check, every
 *     caller
 * @param malformed how many malformed requests the endpoint has refused
 * @param handover hands the ports to a successor
 * @param stop starts an orderly shutdown
 */
public record VerbFactory(
    DaemonInfo info,
    Supplier<DaemonPhase> phase,
    Vault vault,
    Profiles profiles,
    ConfigReader configReader,
    Sessions sessions,
    SsoLogins logins,
    Grants grants,
    Sts sts,
    Iam iam,
    Federation federation,
    ConsoleBrowser consoleBrowser,
    EnvironmentKeys environmentKeys,
    ImdsListeners imds,
    ServedProfiles served,
    ReadyFiles readyFiles,
    ConfigCopies configCopies,
    AuditLog audit,
    TokenlessRequests tokenless,
    long uid,
    Supplier<Duration> skew,
    LongSupplier malformed,
    InstantSource clock,
    Supplier<Optional<PendingUpgrade>> upgrade,
    Handover handover,
    Runnable stop) {

  /** All verbs. */
  public Verbs verbs() {
    var vaultAccess = new VaultAccess(vault, sessions);
    var profileSessions = new ProfileSessions(vaultAccess, profiles, environmentKeys, sessions);
    var eraser = new SessionEraser(sessions, readyFiles, configCopies);
    var news = new StateNews(this::news);
    var all = new HashMap<String, Verb>();
    all.putAll(vaultVerbs(vaultAccess, profileSessions, eraser, news));
    all.putAll(launchVerbs(profileSessions, news));
    all.putAll(daemonVerbs(vaultAccess));
    all.put("rotate", withNotices(news, rotate(vaultAccess, eraser)));
    all.put("sso", sso(vaultAccess, eraser));
    all.put("doctor", doctor());
    all.put("setup", setup());
    return new Verbs(all);
  }

  private Map<String, Verb> vaultVerbs(
      VaultAccess vaultAccess,
      ProfileSessions profileSessions,
      SessionEraser eraser,
      StateNews news) {
    var editor = new ConfigEditor(configReader);
    return Map.of(
        "add",
        withNotices(
            news,
            new AddVerb(
                vault,
                vaultAccess,
                profiles,
                editor,
                eraser,
                new NewKeyCheck(sts, profiles, Sleeper.REAL))),
        "import",
        withNotices(news, new ImportVerb(vault, vaultAccess, editor, eraser, clock)),
        "list",
        withNotices(
            news, new ListVerb(vault, vaultAccess, profiles, configReader, sessions, clock)),
        "explain",
        withNotices(news, new ExplainVerb(new Explainer(profiles, configReader, sts), vault)),
        "remove",
        new RemoveVerb(vault, vaultAccess, eraser, grants),
        "clear",
        new ClearVerb(vault, vaultAccess, profiles, eraser),
        "lock",
        new LockVerb(vault, sessions, logins, readyFiles),
        "unlock",
        withNotices(news, new UnlockVerb(vault, sessions, profileSessions, clock)),
        "recovery-key",
        new RecoveryKeyVerb(vault, vaultAccess, info.files().vault()));
  }

  private Map<String, Verb> launchVerbs(ProfileSessions profileSessions, StateNews news) {
    var planner = new LaunchPlanner(info::port, grants, configCopies);
    var preparation =
        new LaunchPreparation(info::port, grants, profiles, configReader, sessions, readyFiles);
    var terminalLaunch = new TerminalLaunch(grants, this::openImds, planner, preparation);
    var controlAudit = new ControlAudit(audit, uid, clock);
    var directCredentials = new DirectCredentials(vault, sts, sessions, profileSessions);
    var exec =
        new ExecVerb(
            profileSessions,
            new EndpointExec(profileSessions, grants, planner, terminalLaunch),
            new FixedCredentialsExec(profileSessions, directCredentials, planner, controlAudit));
    return Map.of(
        "exec",
        withNotices(news, exec),
        "env",
        withNotices(news, new EnvVerb(profileSessions, terminalLaunch)),
        "export",
        withNotices(news, new ExportVerb(profileSessions, directCredentials, controlAudit)),
        "login",
        withNotices(
            news,
            new LoginVerb(
                profileSessions,
                new ConsoleSession(profileSessions, directCredentials, sts),
                profiles,
                federation,
                consoleBrowser,
                controlAudit)),
        "credential-process",
        withNotices(news, new CredentialProcessVerb(profileSessions, terminalLaunch, controlAudit)),
        "server",
        withNotices(
            news,
            new ServerVerb(
                profileSessions,
                terminalLaunch,
                grants,
                imds,
                info,
                news,
                new Forgetting(served, profiles),
                new ServingCheck(profileSessions, profiles, grants, imds),
                clock)),
        "link-local",
        new LinkLocalVerb(profileSessions, this::openImds, info::port));
  }

  private Map<String, Verb> daemonVerbs(VaultAccess vaultAccess) {
    var status =
        new StatusVerb(
            new DaemonStatus(info, phase, vault, audit, skew, malformed, upgrade),
            new ConfigStatus(configReader),
            new OldKeys(vault, clock),
            new SessionStatus(sessions),
            new ServedStatus(served),
            new QuestionStatus(sessions),
            new TokenlessStatus(tokenless),
            grants,
            imds,
            clock);
    var stopVerb = new StopVerb(stop, info);
    return Map.of(
        "status",
        status,
        "audit",
        new AuditVerb(audit, info.files().audit(), clock),
        "grants",
        new GrantsVerb(grants, clock),
        "revoke",
        new RevokeVerb(grants, served::names),
        "handover",
        new HandoverVerb(vault, sessions, handover, info::port, info.pid()),
        "handover-finish",
        new HandoverFinishVerb(vaultAccess, served),
        "stop",
        stopVerb,
        "stop-if-idle",
        new StopIfIdleVerb(sessions, stopVerb));
  }

  private Verb rotate(VaultAccess vaultAccess, SessionEraser eraser) {
    return new RotateVerb(
        vault,
        vaultAccess,
        profiles,
        new Rotation(vault, iam, sts, clock, skew, Sleeper.REAL),
        new StoredKeyChains(profiles, sessions),
        eraser);
  }

  private Verb setup() {
    return new SetupVerb(
        new Setup(info.files().state(), clock),
        profiles,
        new ConfigEditor(configReader),
        grants,
        info,
        RunningPrograms.ofThisUser());
  }

  private Verb sso(VaultAccess vaultAccess, SessionEraser eraser) {
    var directory = new SsoDirectory(profiles);
    var sessionOption = new SsoSessionOption(directory);
    return new SsoVerb(
        new SsoLoginVerb(logins, sessionOption, vault, vaultAccess, clock),
        new SsoLogoutVerb(logins, sessionOption, profiles, vaultAccess, eraser),
        new SsoListVerb(logins, directory, vault, vaultAccess, clock));
  }

  /** What is not as the last daemon left it. */
  private List<String> news() {
    return Stream.of(
            info.endpointPort().news().stream(),
            grants.trouble().stream(),
            imds.troubles().stream())
        .flatMap(Function.identity())
        .toList();
  }

  private Verb doctor() {
    var daemon =
        new Checks.Daemon(
            vault,
            sessions::refusedKeys,
            logins::status,
            tokenless,
            info::port,
            info.endpointPort()::news,
            () -> imds.all().stream().map(ImdsListener::profile).sorted().distinct().toList(),
            this::belongsToEndedGrant,
            skew,
            clock);
    var profile = new ReadingProfile(vault, sessions, profiles, environmentKeys);
    return new DoctorVerb(
        Checks.withDaemon(daemon, configReader, profiles, info.files()),
        new CheckRunner(),
        profile,
        new EndpointReading(profile, sessions, grants, sts, info::endpoint, clock),
        (words, folder, chosen) ->
            Checks.ofCommand(words, folder, chosen, profiles, Optional.of(info.endpoint())),
        clock);
  }

  /** Whether a URI is one of our endpoint's, for a grant that there is no more. */
  private boolean belongsToEndedGrant(URI uri) {
    return uri.getPort() == info.port()
        && grants.all().stream().noneMatch(grant -> grant.credentialsPath().equals(uri.getPath()));
  }

  private ImdsListener openImds(String profile, CallerEnvironment environment) {
    return imds.open(profile, environment, OptionalInt.empty(), Optional.empty(), false);
  }

  private Verb withNotices(StateNews news, Verb verb) {
    return new VerbWithNotices(verb, configReader, sessions, news, clock);
  }
}
