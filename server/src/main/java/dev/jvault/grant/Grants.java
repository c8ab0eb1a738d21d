package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All grants. They are kept in the state folder, so that an endpoint, its path and its token stay
 * the same over restarts of the daemon; of a token only the hash is kept here, the token itself
 * lies in a file that its consumer reads. Safe for many threads; who is admitted waits for nobody.
 */
public final class Grants {
  private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final TokenFiles files;
  private final GrantRegistry book;
  private final TokenMaintenance care;
  private volatile Consumer<Grant> whenEnded = _ -> {};

  /**
   * Reads what was kept, and looks after it.
   *
   * @param state the folder of {@code grants.json}
   * @param tokens the folder of the token files
   */
  public Grants(Path state, Path tokens, InstantSource clock) {
    this.clock = clock;
    this.files = new TokenFiles(tokens);
    this.book =
        new GrantRegistry(new GrantFile(state.resolve("grants.json"), new GrantJson(clock)));
    this.care = new TokenMaintenance(book, files, random, clock);
    List<Grant> _ = tend();
  }

  /**
   * The standing grant for a profile, made at the first call. The variables of the latest caller
   * replace those of earlier ones where they mean the same credentials.
   */
  public Grant standing(Grant.Kind kind, String profile, CallerEnvironment environment) {
    return book.change(() -> {
      String id = GrantId.of(kind, profile, environment);
      Optional<GrantEntry> known = book.find(id);
      if (known.isEmpty()) {
        var grant = new Grant(id, kind, profile, environment, List.of(), Optional.empty(), now());
        return mint(grant).grant();
      }
      GrantEntry entry = known.get().with(known.get().grant().with(environment));
      if (!entry.equals(known.get())) {
        book.putInMemory(entry);
      }
      boolean _ = care.one(entry);
      if (!entry.grant().environment().aws().equals(known.get().grant().environment().aws())) {
        book.save();
      }
      return entry.grant();
    });
  }

  /**
   * A grant of its own for one process, which ends with it.
   *
   * @param roles the ARNs of the roles that it may ask for besides its profile
   */
  public Grant bound(
      String profile, CallerEnvironment environment, List<String> roles, ProcessIdentity holder) {
    return mint(held(Grant.Kind.BOUND, profile, environment, roles, holder)).grant();
  }

  /** The same for a process that gets the token as a variable. */
  public IssuedGrant inEnvironment(
      String profile, CallerEnvironment environment, List<String> roles, ProcessIdentity holder) {
    return mint(held(Grant.Kind.ENVIRONMENT, profile, environment, roles, holder));
  }

  /**
   * The grant whose token this is, or was a short while ago. Every token is compared, so that the
   * time tells nothing. No disk is touched and no lock taken.
   */
  public Optional<Grant> admit(String token) {
    TokenHash hash = TokenHash.of(token);
    Instant now = clock.instant();
    @Nullable GrantEntry found = null;
    for (GrantEntry entry : book.all()) {
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

  /** Notes the use of a grant by somebody who presents no token of it. */
  public void used(String id) {
    Instant now = clock.instant();
    book.find(id).ifPresent(entry -> entry.lastUse().note(now));
  }

  /** A grant by its id. */
  public Optional<Grant> find(String id) {
    return book.find(id).map(GrantEntry::grant);
  }

  /** All grants, the oldest first. */
  public Collection<Grant> all() {
    return book.all().stream().map(GrantEntry::grant).toList();
  }

  /** All grants with their state, the oldest first. */
  public List<GrantView> views() {
    Instant now = clock.instant();
    return book.all().stream().map(entry -> GrantView.of(entry, now)).toList();
  }

  /** Where the consumer of a grant reads its token. */
  public Path tokenFile(String id) {
    return files.path(id);
  }

  /** Whoever depends on grants hears of each that has ended; called on the thread that ends it. */
  public void whenEnded(Consumer<Grant> listener) {
    whenEnded = listener;
  }

  /**
   * Ends the grants that match, with their token files.
   *
   * @return those that have ended
   * @throws JvaultException where a file cannot be written; they have ended all the same
   */
  public List<Grant> end(Predicate<Grant> which) {
    List<Grant> ended = book.change(() -> book.remove(which));
    if (ended.isEmpty()) {
      return ended;
    }
    ended.forEach(grant -> LOG.info("event=grant_ended grant={}", grant.id()));
    try {
      ended.forEach(whenEnded);
    } finally {
      forget(ended);
    }
    return ended;
  }

  /**
   * What is due: ends the grants whose process is gone, replaces tokens that are old, lost or may
   * have been read by others, and keeps the file up to date. What cannot be written is logged and
   * tried again at the next call.
   *
   * @return the grants whose token others may have read
   */
  public List<Grant> tend() {
    List<Grant> exposed = List.of();
    try {
      List<Grant> _ = end(Grant::orphaned);
      exposed = care.all();
      book.change(() -> {
        book.save();
        return true;
      });
    } catch (JvaultException e) {
      LOG.warn("event=grants_not_written reason=\"{}\"", e.sentence());
    }
    return exposed;
  }

  /**
   * Writes what is due, and leaves the files to another process: what is in memory goes on, and
   * every change is refused with {@link ExitCode#UNAVAILABLE}.
   */
  public void release() {
    book.release();
  }

  /** Sentences for the person about tokens that others may have read; each is given once. */
  public List<String> news() {
    return care.tell().stream()
        .map(id ->
            ("Others may have read the token of grant %s, whose file was open to them; it has been"
                    + " replaced, and programs that hold the old one get no more credentials.")
                .formatted(id))
        .toList();
  }

  /** Nobody who makes a grant of the same id meanwhile loses its file. */
  private void forget(List<Grant> ended) {
    boolean _ =
        book.change(() -> {
          ended.stream()
              .map(Grant::id)
              .filter(id -> book.find(id).isEmpty())
              .forEach(files::delete);
          book.save();
          return true;
        });
  }

  private Grant held(
      Grant.Kind kind,
      String profile,
      CallerEnvironment environment,
      List<String> roles,
      ProcessIdentity holder) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = "bound-" + holder.pid() + "-" + HexFormat.of().formatHex(bytes);
    return new Grant(id, kind, profile, environment, roles, Optional.of(holder), now());
  }

  /** The file comes before the grant: one without a grant does no harm, and is written over. */
  private IssuedGrant mint(Grant grant) {
    Secret token = RandomToken.random(random);
    return book.change(() -> {
      if (grant.kind() != Grant.Kind.ENVIRONMENT) {
        files.write(grant.id(), token);
      }
      book.put(new GrantEntry(grant, TokenHash.of(token.reveal())));
      return new IssuedGrant(grant, token);
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
