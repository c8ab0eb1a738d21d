package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.aws.SdkFederation;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.aws.SdkSts;
import dev.jvault.console.ConsoleBrowser;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Sources;
import dev.jvault.explain.Explainer;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.http.PeerCallerLookup;
import dev.jvault.imds.ImdsListener;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.json.JsonText;
import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.CopyWriter;
import dev.jvault.launch.LaunchPlanner;
import dev.jvault.launch.LaunchPreparation;
import dev.jvault.launch.NamedProfiles;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.peer.PeerLookup;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.Routes;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.Secret;
import dev.jvault.session.Sessions;
import dev.jvault.setup.CredentialProcessLine;
import dev.jvault.setup.Setup;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.FakeAws;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import dev.jvault.testing.OneClock;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.Patience;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.NewIdentity;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs verbs over a real vault, config files, sessions and grants in a home of the test, without a
 * daemon: it has no socket, no port and no heartbeat. A fake STS issues sessions of one hour. The
 * config file has the profiles {@code dev} (a key), {@code deploy} and {@code audit} (roles above
 * it), {@code mfa} (a key with a device) and {@code mfa-role}.
 */
final class VerbRunner implements AutoCloseable {
  static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";

  /** The key's secret, which must not appear anywhere. */
  static final String KEY_SECRET = "canary/of/the/long-lived/key+0123456789A";

  /** The port that plans name; nothing listens on it. */
  static final int PORT = 9170;

  private static final StateNews NO_NEWS = new StateNews(List::of);

  private final Path home;
  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock, Duration.ofHours(1));
  private final SdkSts addresses =
      new SdkSts(clock, new ClockSkew(new OneClock(InstantSource.system())));
  private final PeerCallerLookup callers = new PeerCallerLookup(PeerLookup.ofThisSystem());
  private final String keyCommand = NewIdentity.command();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RuntimeFiles files;
  private final Map<String, Conversation> open = new ConcurrentHashMap<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Parts parts;

  /** The parts that a restart replaces. */
  private record Parts(Vault vault, AuditLog audit, Map<String, Verb> verbs)
      implements AutoCloseable {
    @Override
    public void close() {
      audit.close();
      vault.close();
    }
  }

  private VerbRunner(Path home) {
    this.home = home;
    this.files = RuntimeFiles.of(Map.of("JVAULT_HOME", home.resolve("jv").toString()), "Linux");
    OwnerFiles.folder(files.run());
    OwnerFiles.folder(files.state());
    config(profiles());
    this.parts = parts();
  }

  /** Verbs without a vault. */
  static VerbRunner empty(Path home) {
    return new VerbRunner(home);
  }

  /** Verbs over a vault with the key in {@code dev} and {@code mfa}. */
  static VerbRunner withKeys(Path home) {
    var runner = new VerbRunner(home);
    runner.addKey("dev", KEY_ID);
    runner.addKey("mfa", KEY_ID);
    return runner;
  }

  /** The config file's text. */
  static String profiles() {
    return """
    [profile dev]
    region = eu-west-1
    endpoint_url = http://127.0.0.1:1
    [profile deploy]
    source_profile = dev
    role_arn = arn:aws:iam::123456789012:role/deploy
    endpoint_url = http://127.0.0.1:1
    [profile audit]
    source_profile = deploy
    role_arn = arn:aws:iam::210987654321:role/audit
    endpoint_url = http://127.0.0.1:1
    [profile mfa]
    mfa_serial = arn:aws:iam::123456789012:mfa/me
    endpoint_url = http://127.0.0.1:1
    [profile mfa-role]
    source_profile = mfa
    role_arn = arn:aws:iam::123456789012:role/careful
    endpoint_url = http://127.0.0.1:1
    """;
  }

  /** A reply of a verb that must have succeeded. */
  static ControlResponse succeeded(ControlResponse answer) {
    if (!answer.ended(ExitCode.OK)) {
      throw new AssertionError("the verb failed: " + answer);
    }
    return answer;
  }

  /** What the verbs of callers with {@code --debug} have told. */
  List<String> told() {
    return told;
  }

  /** Stores a key with the verb. */
  void addKey(String name, String accessKeyId) {
    succeeded(
        caller()
            .call(
                "add",
                "profile=" + name,
                "access-key-id=" + accessKeyId,
                "secret-access-key=" + KEY_SECRET));
  }

  /** A caller from this home without a terminal, whose vault's key a command prints. */
  Caller caller() {
    return new Caller(Map.of())
        .variable("HOME", home.toString())
        .variable("PATH", "/usr/bin:/bin")
        .variable("JVAULT_KEY_COMMAND", keyCommand);
  }

  /** The plan of {@code exec} for a profile. */
  ParsedLaunchPlan exec(String profile, String... options) {
    return caller().exec(profile, options);
  }

  /** Forgets what is in memory and locks the vault, as a restart of the daemon does. */
  void restart() {
    parts.close();
    parts = parts();
  }

  /** Replaces the config file. */
  void config(String text) {
    try {
      Files.createDirectories(configFile().getParent());
      Path next = Files.writeString(configFile().resolveSibling("config.next"), text);
      Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
      Files.move(next, configFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ~/.aws/config}. */
  Path configFile() {
    return home.resolve(".aws/config");
  }

  FakeClock clock() {
    return clock;
  }

  FakeSts sts() {
    return sts;
  }

  /** How often STS was called for an operation. */
  long calls(String operation) {
    return sts.calls().stream().filter(call -> call.startsWith(operation)).count();
  }

  RuntimeFiles files() {
    return files;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    parts.close();
    addresses.close();
    callers.close();
  }

  private Parts parts() {
    var vault = new Vault(files.vault(), new InMemoryKeyring(), clock);
    var audit = new AuditLog(files.audit(), clock);
    return new Parts(vault, audit, verbs(vault, audit));
  }

  private Map<String, Verb> verbs(Vault vault, AuditLog audit) {
    var configReader = new ConfigReader(new SdkSectionParser());
    var editor = new ConfigEditor(configReader);
    var profiles = new Profiles(configReader, vault::mayHoldKey);
    var codes = new MfaCodes(clock);
    var environmentKeys = new EnvironmentKeys(Map.of());
    var broker =
        new InteractionBroker(
            vault, codes, InteractionBroker.BrowserLogins.NONE, new Drivers("Linux"), clock);
    var sources = new Sources(vault, FakeAws.around(sts), codes, environmentKeys, clock);
    var sessions =
        new Sessions(sources, vault, broker, _ -> Patience.LIMIT, clock, executor, clock::advance);
    var grants = new Grants(files.state(), files.tokens(), clock);
    var process = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    var readyFiles = new ReadyFiles(files, process, Secret.of("proof"), clock);
    grants.whenEnded(grant -> readyFiles.remove(grant.profile()));
    var vaultAccess = new VaultAccess(vault, sessions);
    var profileSessions = new ProfileSessions(vaultAccess, profiles, environmentKeys, sessions);
    var copies =
        new ConfigCopies(
            files.run().resolve("config"),
            configReader,
            new NamedProfiles(
                profiles,
                configReader,
                () -> vault.exists() && !vault.unlocked(),
                name -> CredentialProcessLine.line("/opt/jvault", name)),
            new CopyWriter(editor, InstantSource.system()));
    var eraser = new SessionEraser(sessions, readyFiles, copies);
    var planner = new LaunchPlanner(() -> PORT, grants, copies);
    var terminalLaunch =
        new TerminalLaunch(
            grants,
            (profile, _) -> new ImdsListener("imds-" + profile, profile, PORT + 1, false, false),
            planner,
            new LaunchPreparation(
                () -> PORT, grants, profiles, configReader, sessions, readyFiles));
    var controlAudit = new ControlAudit(audit, 1000, clock);
    var direct = new DirectCredentials(vault, sts, sessions, profileSessions);
    var exec =
        new ExecVerb(
            profileSessions,
            new EndpointExec(profileSessions, grants, planner, terminalLaunch),
            new FixedCredentialsExec(profileSessions, direct, planner, controlAudit));
    var verbs = new HashMap<String, Verb>();
    verbs.put(
        "add",
        new AddVerb(
            vault,
            vaultAccess,
            profiles,
            editor,
            eraser,
            new NewKeyCheck(sts, profiles, clock::advance)));
    verbs.put("import", new ImportVerb(vault, vaultAccess, editor, eraser, clock));
    verbs.put("list", new ListVerb(vault, vaultAccess, profiles, configReader, sessions, clock));
    verbs.put("explain", new ExplainVerb(new Explainer(profiles, configReader, addresses), vault));
    verbs.put("remove", new RemoveVerb(vault, vaultAccess, eraser, grants));
    verbs.put("clear", new ClearVerb(vault, vaultAccess, profiles, eraser));
    verbs.put("unlock", new UnlockVerb(vault, sessions, profileSessions, clock));
    verbs.put("recovery-key", new RecoveryKeyVerb(vault, vaultAccess, files.vault()));
    verbs.put("exec", exec);
    verbs.put("env", new EnvVerb(profileSessions, terminalLaunch));
    verbs.put(
        "login",
        new LoginVerb(
            profileSessions,
            new ConsoleSession(profileSessions, direct, sts),
            profiles,
            new SdkFederation(new ClockSkew(new OneClock(InstantSource.system()))),
            ConsoleBrowser.ofThisSystem(callers),
            controlAudit));
    verbs.put(
        "credential-process",
        new CredentialProcessVerb(profileSessions, terminalLaunch, controlAudit));
    verbs.put("export", new ExportVerb(profileSessions, direct, controlAudit));
    verbs.put("audit", new AuditVerb(audit, files.audit(), clock));
    verbs.put("grants", new GrantsVerb(grants, clock));
    verbs.put(
        "setup",
        new SetupVerb(new Setup(files.state(), clock), profiles, editor, grants, info(), List::of));
    verbs.put("status", call -> sessionStatus(sessions, call));
    verbs.put("revoke", new RevokeVerb(grants, Set::of));
    Set.of("import", "list", "explain", "exec", "env", "credential-process", "unlock")
        .forEach(name ->
            verbs.computeIfPresent(
                name,
                (_, verb) -> new VerbWithNotices(verb, configReader, sessions, NO_NEWS, clock)));
    return verbs;
  }

  private DaemonInfo info() {
    var ports = new EndpointPort.Ports(PORT, PORT, OptionalInt.empty(), true, List.of());
    return new DaemonInfo(
        1,
        clock.instant(),
        new EndpointPort(() -> ports, _ -> Optional.empty()),
        files,
        Installation.of("/opt/my jvault/bin/jvault"));
  }

  /** The part of {@code status} that needs no daemon. */
  private Reply sessionStatus(Sessions sessions, Call call) {
    var status = new SessionStatus(sessions);
    return Reply.ofOutput(
        call.flag("json")
            ? JsonText.prettyObject(status::json)
            : status.table(call.columns(), call.times(clock.instant())));
  }

  /** A caller of verbs, with the fields that all its forms have. */
  final class Caller {
    private final Map<String, String> fields;

    private Caller(Map<String, String> fields) {
      this.fields = Map.copyOf(fields);
    }

    /** The same caller with one more field in every form. */
    Caller with(String field) {
      return new Caller(form(field));
    }

    /** The same caller, at a terminal. */
    Caller atTerminal() {
      return with(Routes.CALLER_TERMINAL + "=true");
    }

    /** The same caller with another value of a variable. */
    Caller variable(String name, String value) {
      return with(Routes.VARIABLE_PREFIX + name + "=" + value);
    }

    /** Runs a verb until it ends or has a question. */
    ControlResponse call(String verb, String... options) {
      String id = UUID.randomUUID().toString();
      var conversation =
          new Conversation(
              id,
              verb,
              Objects.requireNonNull(parts.verbs().get(verb), verb),
              form(options),
              _ -> true);
      open.put(id, conversation);
      Thread.ofVirtual().start(conversation::run);
      return next(conversation);
    }

    /** Answers a question. */
    ControlResponse reply(ControlResponse question, String text) {
      Conversation conversation =
          Objects.requireNonNull(open.get(question.header(Routes.CONVERSATION)));
      conversation.answer(Optional.of(Secret.of(text)));
      return next(conversation);
    }

    /** Runs a verb and answers its questions in turn. */
    ControlResponse converse(String verb, List<String> answers, String... options) {
      ControlResponse answer = call(verb, options);
      for (String text : answers) {
        answer = reply(answer, text);
      }
      return answer;
    }

    /** The plan of {@code exec} for a profile. */
    ParsedLaunchPlan exec(String profile, String... options) {
      return new ParsedLaunchPlan(
          succeeded(with("profile=" + profile).call("exec", options)).body());
    }

    private Map<String, String> form(String... more) {
      var form = new HashMap<>(fields);
      for (String field : more) {
        int equals = field.indexOf('=');
        form.put(field.substring(0, equals), field.substring(equals + 1));
      }
      return form;
    }
  }

  /** Waits for the next event, and renders it as the control API does. */
  private ControlResponse next(Conversation conversation) {
    try {
      return switch (conversation.next()) {
        case Conversation.Event.QuestionAsked(Question question, int _) ->
            answer(
                202,
                Map.of(
                    Routes.CONVERSATION,
                    conversation.id(),
                    Routes.QUESTION,
                    question.kind().name().toLowerCase(Locale.ROOT),
                    Routes.ECHO,
                    question.echo() ? "on" : "off"),
                question.text());
        case Conversation.Event.Told(String line) -> {
          told.add(line);
          yield next(conversation);
        }
        case Conversation.Event.VerbEnded(Reply reply) -> {
          open.remove(conversation.id());
          yield answer(
              200,
              Map.of(
                  Routes.EXIT,
                  Integer.toString(reply.exit().status()),
                  Routes.MESSAGE_BYTES,
                  Integer.toString(reply.message().getBytes(StandardCharsets.UTF_8).length)),
              reply.out() + reply.message());
        }
      };
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ControlResponse answer(int status, Map<String, String> headers, String body) {
    var small = new HashMap<String, String>();
    headers.forEach((name, value) -> small.put(name.toLowerCase(Locale.ROOT), value));
    return ControlResponse.of(status, small, body.getBytes(StandardCharsets.UTF_8));
  }
}
