package dev.jvault.served;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.SessionView;
import dev.jvault.session.Sessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles that {@code jvault server} was asked to serve. Their standing grants and IMDS
 * listeners are their memory: a profile is served as long as it has one of them, over every end of
 * the daemon, until it is forgotten. Safe for many threads.
 */
public final class ServedProfiles {
  private static final Logger LOG = LoggerFactory.getLogger(ServedProfiles.class);

  private final Grants grants;
  private final ImdsListeners imds;
  private final Profiles profiles;
  private final Sessions sessions;

  /** What kept each profile from being ready when it was last prepared. */
  private final Map<String, Obstacle> obstacles = new ConcurrentHashMap<>();

  /** The profiles of these grants and listeners. */
  public ServedProfiles(Grants grants, ImdsListeners imds, Profiles profiles, Sessions sessions) {
    this.grants = grants;
    this.imds = imds;
    this.profiles = profiles;
    this.sessions = sessions;
  }

  /** The names of the served profiles, in order. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    grants.all().stream()
        .filter(grant -> grant.kind() == Grant.Kind.SERVER)
        .map(Grant::profile)
        .forEach(names::add);
    imds.remembered().stream()
        .filter(ImdsListener::kept)
        .map(ImdsListener::profile)
        .forEach(names::add);
    return names;
  }

  /** The names that {@link #forget} knows: those that are served, and those with a listener. */
  public Set<String> forgettable() {
    var names = new TreeSet<>(names());
    imds.remembered().stream().map(ImdsListener::profile).forEach(names::add);
    return names;
  }

  /** The served profiles with their state, in order. Asks neither AWS nor the user. */
  public List<ServedProfile> all() {
    List<SessionView> views = sessions.views();
    return names().stream().map(name -> view(name, views)).toList();
  }

  /**
   * Loads the sessions of all served profiles that have none, with the variables of their callers.
   * Asks nobody, opens no window, and waits for AWS for at most a second each; a load that takes
   * longer goes on.
   *
   * @return why some are not ready, one sentence each
   */
  public List<String> prepare() {
    Set<String> served = names();
    obstacles.keySet().retainAll(served);
    return prepare(served);
  }

  /**
   * Looks at each served profile that has lost its session, so that the state says why. Does
   * nothing for those that are ready, or whose obstacle is known and does not pass by itself.
   */
  public void review() {
    List<SessionView> views = sessions.views();
    Set<String> unclear = names();
    unclear.removeIf(name -> {
      boolean ready = readyUntil(name, views).isPresent();
      if (ready) {
        obstacles.remove(name);
      }
      Obstacle known = obstacles.get(name);
      return ready || (known != null && !known.mayPass());
    });
    List<String> _ = prepare(unclear);
  }

  private List<String> prepare(Set<String> served) {
    return grants.all().stream()
        .filter(grant -> !grant.kind().held() && served.contains(grant.profile()))
        .sorted(Comparator.comparing(Grant::profile))
        .flatMap(grant -> prepare(grant).stream())
        .distinct()
        .toList();
  }

  /**
   * Forgets a profile: ends its standing grants, closes its IMDS listener, and no longer keeps its
   * session ready. Grants of commands stay.
   *
   * @throws JvaultException if a file cannot be written; the grants have ended even so
   */
  public Forgotten forget(String profile) {
    List<ImdsListener> listeners =
        imds.remembered().stream().filter(one -> one.profile().equals(profile)).toList();
    List<Grant> ended = grants.end(grant -> serves(grant) && grant.profile().equals(profile));
    obstacles.remove(profile);
    return new Forgotten(
        profile,
        ended.stream().filter(grant -> grant.kind() == Grant.Kind.SERVER).map(Grant::id).toList(),
        listeners);
  }

  private static boolean serves(Grant grant) {
    return grant.kind() == Grant.Kind.SERVER || grant.kind() == Grant.Kind.IMDS;
  }

  private Optional<String> prepare(Grant grant) {
    Optional<Obstacle> obstacle;
    try {
      Chain chain = profiles.resolve(grant.profile(), grant.environment());
      obstacle = Obstacle.of(sessions.prepare(chain, grant.environment()), grant.profile());
    } catch (JvaultException e) {
      obstacle = Optional.of(Obstacle.fault(e));
    }
    obstacle.ifPresentOrElse(
        found -> note(grant.profile(), found), () -> obstacles.remove(grant.profile()));
    return obstacle.map(found -> "profile " + grant.profile() + ": " + found.sentence());
  }

  private void note(String profile, Obstacle obstacle) {
    if (!obstacle.equals(obstacles.put(profile, obstacle))) {
      LOG.info("event=not_ready profile={} reason=\"{}\"", profile, obstacle.logged());
    }
  }

  private ServedProfile view(String name, List<SessionView> views) {
    Optional<Instant> ready = readyUntil(name, views);
    return new ServedProfile(
        name,
        ready,
        ready.isPresent() ? Optional.empty() : Optional.ofNullable(obstacles.get(name)));
  }

  private static Optional<Instant> readyUntil(String name, List<SessionView> views) {
    return views.stream()
        .filter(session -> session.profile().equals(name))
        .flatMap(session -> session.expiration().stream())
        .max(Comparator.naturalOrder());
  }
}
