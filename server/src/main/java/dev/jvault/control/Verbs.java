package dev.jvault.control;

import java.util.Map;
import java.util.Optional;

/** All verbs by their names. */
public final class Verbs {
  private final Map<String, Verb> byName;

  /** The verbs of a daemon. */
  public Verbs(Daemon daemon) {
    var profiles = new ProfileSessions(daemon);
    var stop = new StopVerb(daemon.stop(), daemon.process().pid());
    var ready = daemon.readyFiles();
    byName =
        Map.ofEntries(
            Map.entry("add", new AddVerb(daemon)),
            Map.entry("import", noted(new ImportVerb(daemon), daemon)),
            Map.entry("list", noted(new ListVerb(daemon), daemon)),
            Map.entry("explain", noted(new ExplainVerb(daemon), daemon)),
            Map.entry("remove", new RemoveVerb(daemon)),
            Map.entry("exec", noted(new ExecVerb(daemon, profiles, ready), daemon)),
            Map.entry("env", noted(new EnvVerb(daemon, profiles, ready), daemon)),
            Map.entry(
                "credential-process",
                noted(new CredentialProcessVerb(daemon, profiles, ready), daemon)),
            Map.entry("server", noted(new ServerVerb(daemon, profiles, ready), daemon)),
            Map.entry("grants", new GrantsVerb(daemon)),
            Map.entry("revoke", new RevokeVerb(daemon)),
            Map.entry("link-local", new LinkLocalVerb(daemon, profiles)),
            Map.entry("sso", new SsoVerb(daemon)),
            Map.entry("clear", new ClearVerb(daemon)),
            Map.entry("lock", new LockVerb(daemon)),
            Map.entry("unlock", noted(new UnlockVerb(daemon, profiles), daemon)),
            Map.entry("recovery-key", new RecoveryKeyVerb(daemon)),
            Map.entry("status", new StatusVerb(daemon)),
            Map.entry("audit", new AuditVerb(daemon)),
            Map.entry(
                "handover",
                new HandoverVerb(
                    daemon.vault(),
                    daemon.sessions(),
                    daemon.handOver(),
                    daemon.port(),
                    daemon.process().pid())),
            Map.entry("handover-finish", new HandoverFinishVerb(daemon)),
            Map.entry("stop", stop),
            Map.entry("stop-if-idle", new StopIfIdleVerb(daemon.sessions(), stop)));
  }

  private static Verb noted(Verb verb, Daemon daemon) {
    return new VerbWithNotices(verb, daemon);
  }

  Optional<Verb> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
