package dev.jvault.grant;

import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All grants. Those of terminals and servers are kept in the state folder, so that an endpoint, its
 * path and its token stay the same over restarts of the daemon; of a token only the hash is kept
 * here, the token itself lies in a file that its consumer reads. Safe for many threads.
 */
public final class Grants {
  private record Entry(Grant grant, TokenHash tokenHash) {}

  private final GrantFile file;
  private final Path tokens;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean released;

  /**
   * Reads what was kept.
   *
   * @param state the folder of {@code grants.json}
   * @param tokens the folder of the token files
   */
  public Grants(Path state, Path tokens) {
    this.file = new GrantFile(state.resolve("grants.json"));
    this.tokens = tokens;
    OwnerFiles.folder(tokens);
    file.read().forEach((grant, hash) -> entries.put(grant.id(), new Entry(grant, hash)));
  }

  /**
   * The standing grant for a profile, made at the first call. The variables of the latest caller
   * replace those of earlier ones where they mean the same credentials.
   */
  public synchronized Grant standing(
      Grant.Kind kind, String profile, CallerEnvironment environment) {
    String id = GrantId.of(kind, profile, environment);
    Entry known = entries.get(id);
    if (known != null && Files.isRegularFile(tokenFile(id))) {
      Grant latest = known.grant().with(environment);
      entries.put(id, new Entry(latest, known.tokenHash()));
      if (!latest.environment().aws().equals(known.grant().environment().aws())) {
        keep();
      }
      return latest;
    }
    return mint(new Grant(id, kind, profile, environment, Optional.empty()));
  }

  /** A grant of its own for one process, which ends with it. */
  public synchronized Grant bound(
      String profile, CallerEnvironment environment, ProcessIdentity holder) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = "bound-" + holder.pid() + "-" + HexFormat.of().formatHex(bytes);
    return mint(new Grant(id, Grant.Kind.BOUND, profile, environment, Optional.of(holder)));
  }

  /** The grant whose token this is. Every token is compared, so that the time tells nothing. */
  public synchronized Optional<Grant> admit(String token) {
    TokenHash hash = TokenHash.of(token);
    Optional<Grant> found = Optional.empty();
    for (Entry entry : entries.values()) {
      if (entry.tokenHash().matches(hash)) {
        found = Optional.of(entry.grant());
      }
    }
    return found.filter(grant -> grant.holder().map(ProcessIdentity::alive).orElse(true));
  }

  /** A grant by its id. */
  public synchronized Optional<Grant> find(String id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::grant);
  }

  /** All grants, the oldest first. */
  public synchronized Collection<Grant> all() {
    return entries.values().stream().map(Entry::grant).toList();
  }

  /** Where the consumer of a grant reads its token. */
  public Path tokenFile(String id) {
    return tokens.resolve(id);
  }

  /** Ends the grants that match, with their token files. */
  public synchronized void end(java.util.function.Predicate<Grant> which) {
    List<Entry> ended = new ArrayList<>(entries.values());
    ended.removeIf(entry -> !which.test(entry.grant()));
    if (!ended.isEmpty()) {
      ended.forEach(entry -> entries.remove(entry.grant().id()));
      keep();
      ended.forEach(entry -> OwnerFiles.delete(tokenFile(entry.grant().id())));
    }
  }

  /** Leaves the files to another process: what is in memory goes on, and nothing is written. */
  public synchronized void release() {
    released = true;
  }

  /** Ends the bound grants whose process is gone. */
  public void endOrphans() {
    end(grant -> grant.holder().isPresent() && !grant.holder().get().alive());
  }

  private Grant mint(Grant grant) {
    refuseReleased();
    Secret token = Token.random(random);
    OwnerFiles.write(tokenFile(grant.id()), token.reveal());
    entries.put(grant.id(), new Entry(grant, TokenHash.of(token.reveal())));
    keep();
    return grant;
  }

  private void refuseReleased() {
    if (released) {
      throw new JvaultException(
          ExitCode.UNAVAILABLE, "Another jvault daemon is taking over; try again in a moment.");
    }
  }

  private void keep() {
    refuseReleased();
    var kept = new LinkedHashMap<Grant, TokenHash>();
    entries.values().forEach(entry -> kept.put(entry.grant(), entry.tokenHash()));
    file.write(kept);
  }
}
