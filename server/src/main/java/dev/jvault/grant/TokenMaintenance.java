package dev.jvault.grant;

import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.RandomToken;
import dev.jvault.secret.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the token files. A token that is old or whose file was lost is replaced, and stays
 * valid for a while. A token that others may have read is replaced, and ends at once.
 */
final class TokenMaintenance {
  private static final Logger LOG = LoggerFactory.getLogger(TokenMaintenance.class);

  private final GrantRegistry registry;
  private final TokenFiles files;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Set<String> unreported = new LinkedHashSet<>();

  TokenMaintenance(
      GrantRegistry registry, TokenFiles files, SecureRandom random, InstantSource clock) {
    this.registry = registry;
    this.files = files;
    this.random = random;
    this.clock = clock;
  }

  /** Maintains all grants; returns those whose token others may have read. Failures are retried. */
  List<Grant> all() {
    return registry.change(() -> {
      List<Grant> exposed = new ArrayList<>();
      var changes = new TokenChanges(registry, files);
      for (GrantEntry entry : registry.all()) {
        if (look(entry, changes)) {
          exposed.add(entry.grant());
        }
      }
      try {
        changes.write();
      } catch (JvaultException e) {
        LOG.warn("event=tokens_kept reason=\"{}\"", e.logged());
      }
      return exposed;
    });
  }

  /** Maintains one grant inside a change; returns whether others may have read its token. */
  boolean one(GrantEntry entry) {
    var changes = new TokenChanges(registry, files);
    boolean exposed = look(entry, changes);
    changes.write();
    return exposed;
  }

  private boolean look(GrantEntry entry, TokenChanges changes) {
    Grant grant = entry.grant();
    if (grant.kind() == Grant.Kind.ENVIRONMENT) {
      return false;
    }
    Instant now = clock.instant();
    GrantToken token = entry.token().at(now);
    if (!token.equals(entry.token())) {
      changes.keep(entry.with(token));
    }
    switch (files.look(grant.id())) {
      case TokenFiles.Found.Held(TokenHash hash) -> held(entry.with(token), hash, now, changes);
      case TokenFiles.Found.Missing _ -> {
        LOG.warn("event=token_lost grant={}", grant.id());
        replace(entry, Optional.of(token.retired(grace(grant, now))), changes);
      }
      case TokenFiles.Found.Exposed _ -> {
        expose(entry, now, changes);
        return true;
      }
      case TokenFiles.Found.Unknown _ ->
          LOG.warn("event=token_unknown grant={} file={}", grant.id(), files.path(grant.id()));
    }
    return false;
  }

  /** The ids of grants whose token others may have read; each is returned once. */
  List<String> takeExposed() {
    return registry.change(() -> {
      List<String> ids = List.copyOf(unreported);
      unreported.clear();
      return ids;
    });
  }

  private void held(GrantEntry entry, TokenHash inFile, Instant now, TokenChanges changes) {
    Grant grant = entry.grant();
    GrantToken token = entry.token();
    Instant end = grace(grant, now);
    if (token.hash().matches(inFile)) {
      if (grant.kind().rotates() && token.stale(now)) {
        LOG.info("event=token_rotated grant={}", grant.id());
        Secret fresh = RandomToken.random(random);
        GrantToken next = next(fresh, Optional.of(token.retired(end)));
        changes.replace(entry.with(next, Optional.empty()), fresh);
      }
      return;
    }
    // The current token was never written, so the one before it is in use.
    Optional<GrantToken.Retired> used =
        token
            .previous()
            .filter(previous -> previous.hash().matches(inFile))
            .map(previous -> new GrantToken.Retired(previous.hash(), end));
    Optional<GrantEntry> others =
        changes.inFile(grant.id()).filter(kept -> kept.token().hash().matches(inFile));
    if (used.isEmpty() && others.isPresent()) {
      changes.keep(entry.with(others.get().token()));
      return;
    }
    LOG.warn("event=token_replaced grant={}", grant.id());
    replace(entry, used.or(() -> Optional.of(token.retired(end))), changes);
  }

  private void replace(
      GrantEntry entry, Optional<GrantToken.Retired> previous, TokenChanges changes) {
    Secret token = RandomToken.random(random);
    changes.replace(entry.with(next(token, previous), entry.exposed()), token);
  }

  private void expose(GrantEntry entry, Instant now, TokenChanges changes) {
    String id = entry.grant().id();
    LOG.warn("event=token_exposed grant={} file={}", id, files.path(id));
    unreported.add(id);
    Secret token = RandomToken.random(random);
    changes.expose(entry.with(next(token, Optional.empty()), Optional.of(now)), token);
  }

  private GrantToken next(Secret token, Optional<GrantToken.Retired> previous) {
    return new GrantToken(TokenHash.of(token.reveal()), clock.instant(), previous);
  }

  /** A process may have read its token only once, so that token stays valid for its life. */
  private static Instant grace(Grant grant, Instant now) {
    return grant.kind().held() ? Instant.MAX : now.plus(GrantToken.GRACE);
  }
}
