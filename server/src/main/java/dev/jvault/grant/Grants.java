package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All grants. They are kept in the state folder, so that an endpoint, its path and its token stay
 * the same over restarts of the daemon. The state holds only the hash of a token; the token itself
 * is in a file that its consumer reads. Safe for many threads; {@link #admit} never blocks.
 */
public final class Grants {
  private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

  private final InstantSource clock;
  private final TokenFiles files;
  private final GrantRegistry registry;
  private final TokenMaintenance maintenance;
  private final GrantIssuer issuer;
  private final CommandGrants commands;
  private volatile Consumer<Grant> whenEnded = _ -> {};

  /**
   * Reads the kept grants, and maintains them once.
   *
   * @param state the folder of {@code grants.json}
   * @param tokens the folder of the token files
   */
  public Grants(Path state, Path tokens, InstantSource clock) {
    this(state, tokens, new TokenHolders(Path.of("/proc")), clock);
  }

  Grants(Path state, Path tokens, TokenHolders holders, InstantSource clock) {
    this.clock = clock;
    this.files = new TokenFiles(tokens);
    this.registry =
        new GrantRegistry(new GrantFile(state.resolve("grants.json"), new GrantJson(clock)));
    this.commands = new CommandGrants(registry, files, holders, clock);
    var random = new SecureRandom();
    this.maintenance = new TokenMaintenance(registry, files, random, clock);
    this.issuer = new GrantIssuer(registry, files, maintenance, random, clock);
    List<Grant> _ = maintain();
  }

  /**
   * A grant that was just made and whose token lies in no file: the caller passes the token on.
   *
   * @param token what the consumer presents
   */
  public record Issued(Grant grant, Secret token) {}

  /**
   * The standing grant for a profile, made by the first call. The variables of the latest caller
   * replace those of earlier callers if they lead to the same credentials.
   */
  public Grant standing(Grant.Kind kind, String profile, CallerEnvironment environment) {
    return standing(kind, profile, environment, Optional.empty());
  }

  /**
   * The same for commands that began with certain credentials, and never get others.
   *
   * @param leadsTo {@link dev.jvault.profile.Chain#leadsTo()}
   */
  public Grant standing(
      Grant.Kind kind, String profile, CallerEnvironment environment, Optional<String> leadsTo) {
    return registry.change(() -> {
      Grant grant = issuer.standing(kind, profile, environment, leadsTo, false);
      commands.forget(grant);
      return grant;
    });
  }

  /**
   * The standing grant of a user's terminals, for a command. If the command is the first and only
   * consumer and never uses it, the grant ends; see {@link #unused}.
   */
  public Grant forCommand(String profile, CallerEnvironment environment) {
    return forCommand(profile, environment, Optional.empty());
  }

  /**
   * The same for a command that begins with certain credentials, and never gets others.
   *
   * @param leadsTo {@link dev.jvault.profile.Chain#leadsTo()}
   */
  public Grant forCommand(String profile, CallerEnvironment environment, Optional<String> leadsTo) {
    return registry.change(() -> {
      String id = issuer.id(Grant.Kind.TERMINAL, profile, environment, leadsTo);
      boolean isNew = registry.find(id).isEmpty();
      Grant grant = issuer.standing(Grant.Kind.TERMINAL, profile, environment, leadsTo, true);
      commands.handedOut(grant, isNew);
      return grant;
    });
  }

  /**
   * A new grant for one process, which ends with it and reads the token from a file.
   *
   * @param roles the ARNs of the roles that it may ask for besides its profile
   */
  public Grant bound(
      String profile, CallerEnvironment environment, List<String> roles, ProcessIdentity holder) {
    return bound(profile, environment, roles, holder, Optional.empty());
  }

  /** The same for a process that begins with certain credentials, and never gets others. */
  public Grant bound(
      String profile,
      CallerEnvironment environment,
      List<String> roles,
      ProcessIdentity holder,
      Optional<String> leadsTo) {
    return issuer.held(Grant.Kind.BOUND, profile, environment, roles, holder, leadsTo).grant();
  }

  /** The same for a process that gets the token as a variable. */
  public Issued inEnvironment(
      String profile, CallerEnvironment environment, List<String> roles, ProcessIdentity holder) {
    return inEnvironment(profile, environment, roles, holder, Optional.empty());
  }

  /** The same for a process that begins with certain credentials, and never gets others. */
  public Issued inEnvironment(
      String profile,
      CallerEnvironment environment,
      List<String> roles,
      ProcessIdentity holder,
      Optional<String> leadsTo) {
    return issuer.held(Grant.Kind.ENVIRONMENT, profile, environment, roles, holder, leadsTo);
  }

  /**
   * The grant that has this token, or had it a short while ago. Compares every token, so that the
   * time taken reveals nothing. Uses no disk and takes no lock.
   */
  public Optional<Grant> admit(String token) {
    TokenHash hash = TokenHash.of(token);
    Instant now = clock.instant();
    @Nullable GrantEntry found = null;
    for (GrantEntry entry : registry.all()) {
      if (entry.token().admits(hash, now)) {
        found = entry;
      }
    }
    if (found == null || found.grant().kind() == Grant.Kind.IMDS || found.grant().orphaned()) {
      return Optional.empty();
    }
    found.lastUse().note(now);
    return Optional.of(found.grant());
  }

  /** Records the use of a grant by a consumer that does not present its token. */
  public void used(String id) {
    Instant now = clock.instant();
    registry.find(id).ifPresent(entry -> entry.lastUse().note(now));
  }

  /** A grant by its id. */
  public Optional<Grant> find(String id) {
    return registry.find(id).map(GrantEntry::grant);
  }

  /** All grants, the oldest first. */
  public Collection<Grant> all() {
    return registry.all().stream().map(GrantEntry::grant).toList();
  }

  /** All grants with their state, the oldest first. */
  public List<GrantView> views() {
    Instant now = clock.instant();
    return registry.all().stream().map(entry -> GrantView.of(entry, now)).toList();
  }

  /** The file from which the consumer of a grant reads its token. */
  public Path tokenFile(String id) {
    return files.path(id);
  }

  /** Sets what is called with each grant that has ended, on the thread that ends it. */
  public void whenEnded(Consumer<Grant> listener) {
    whenEnded = listener;
  }

  /**
   * Ends the grants that match, with their token files.
   *
   * @return the grants that have ended
   * @throws JvaultException if a file cannot be written; the grants have ended even so
   */
  public List<Grant> end(Predicate<Grant> which) {
    List<Grant> ended = registry.change(() -> registry.remove(which));
    if (ended.isEmpty()) {
      return ended;
    }
    ended.forEach(grant -> LOG.info("event=grant_ended grant={}", grant.id()));
    try {
      ended.forEach(whenEnded);
    } finally {
      deleteFiles(ended);
    }
    return ended;
  }

  /**
   * The grants that were made for a command at least 15 minutes ago and that no program has used;
   * none if the system does not show which processes could still use one.
   */
  public List<Grant> unused() {
    return commands.unused();
  }

  /**
   * Ends those of the {@link #unused} grants whose token file no living process names in its
   * environment. The caller makes sure that no command gets one of them without this daemon.
   */
  public void endUnused(List<Grant> unused) {
    try {
      List<Grant> free = commands.withoutHolder(unused);
      List<Grant> _ = end(grant -> free.contains(grant) && commands.isUnused(grant));
    } catch (IOException e) {
      LOG.warn("event=processes_unknown reason=\"{}\"", FileFault.reason(e));
    } catch (JvaultException e) {
      LOG.warn("event=grants_not_written reason=\"{}\"", e.logged());
    }
  }

  /**
   * Ends the grants whose process is gone, replaces tokens that are old, lost or may have been read
   * by others, and keeps the file up to date. What cannot be written is logged and retried at the
   * next call.
   *
   * @return the grants whose token others may have read
   */
  public List<Grant> maintain() {
    List<Grant> exposed = List.of();
    try {
      List<Grant> _ = end(Grant::orphaned);
      exposed = maintenance.all();
      registry.change(() -> {
        registry.save();
        return true;
      });
    } catch (JvaultException e) {
      LOG.warn("event=grants_not_written reason=\"{}\"", e.logged());
    }
    return exposed;
  }

  /**
   * Saves, and leaves the files to another process. Grants in memory stay valid, but every change
   * is refused with {@link ExitCode#UNAVAILABLE}.
   */
  public void release() {
    registry.release();
  }

  /** A sentence for the user if the file of grants could not be read when this daemon started. */
  public Optional<String> trouble() {
    return registry.trouble();
  }

  /** Sentences for the user about tokens that others may have read; each is returned once. */
  public List<String> notices() {
    return maintenance.takeExposed().stream()
        .map(id ->
            ("Others may have read the token of grant %s, whose file was open to them; it has been"
                    + " replaced, and programs that hold the old one get no more credentials.")
                .formatted(id))
        .toList();
  }

  /** Keeps the file of a grant that was made with the same id in the meantime. */
  private void deleteFiles(List<Grant> ended) {
    boolean _ =
        registry.change(() -> {
          ended.stream()
              .map(Grant::id)
              .filter(id -> registry.find(id).isEmpty())
              .forEach(files::delete);
          registry.save();
          return true;
        });
  }
}
