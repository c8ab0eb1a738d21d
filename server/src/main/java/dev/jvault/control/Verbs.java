package dev.jvault.control;

import java.util.Map;
import java.util.Optional;

/** All verbs by their names. */
public final class Verbs {
  private final Map<String, Verb> byName;

  /** The verbs of a daemon. */
  public Verbs(Daemon daemon) {
    var profiles = new OpenProfiles(daemon);
    var ready = daemon.readyFiles();
    byName =
        Map.ofEntries(
            Map.entry("add", new AddVerb(daemon)),
            Map.entry("list", new ListVerb(daemon)),
            Map.entry("explain", new ExplainVerb(daemon)),
            Map.entry("remove", new RemoveVerb(daemon)),
            Map.entry("exec", new ExecVerb(daemon, profiles, ready)),
            Map.entry("env", new EnvVerb(daemon, profiles, ready)),
            Map.entry("credential-process", new CredentialProcessVerb(daemon, profiles, ready)),
            Map.entry("server", new ServerVerb(daemon, profiles, ready)),
            Map.entry("grants", new GrantsVerb(daemon)),
            Map.entry("revoke", new RevokeVerb(daemon)),
            Map.entry("link-local", new LinkLocalVerb(daemon, profiles)),
            Map.entry("sso", new SsoVerb(daemon)),
            Map.entry("clear", new ClearVerb(daemon)),
            Map.entry("lock", new LockVerb(daemon)),
            Map.entry("unlock", new UnlockVerb(daemon, profiles)),
            Map.entry("recovery-key", new RecoveryKeyVerb(daemon)),
            Map.entry("status", new StatusVerb(daemon)),
            Map.entry("audit", new AuditVerb(daemon)),
            Map.entry("hand-over", new HandOverVerb(daemon)),
            Map.entry("take-over", new TakeOverVerb(daemon)),
            Map.entry("stop", new StopVerb(daemon)),
            Map.entry("retire", new RetireVerb(daemon)));
  }

  Optional<Verb> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
