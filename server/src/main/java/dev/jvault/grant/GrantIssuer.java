package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.secret.RandomToken;
import dev.jvault.secret.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Makes grants: an id, a token, its file, and the entry in the registry. */
final class GrantIssuer {
  private final GrantRegistry registry;
  private final TokenFiles files;
  private final TokenMaintenance maintenance;
  private final SecureRandom random;
  private final InstantSource clock;

  GrantIssuer(
      GrantRegistry registry,
      TokenFiles files,
      TokenMaintenance maintenance,
      SecureRandom random,
      InstantSource clock) {
    this.registry = registry;
    this.files = files;
    this.maintenance = maintenance;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The standing grant of a kind, a profile and the variables that matter; made if need be.
   *
   * @param forCommand whether a command of {@code exec} gets it
   */
  Grant standing(
      Grant.Kind kind,
      String profile,
      CallerEnvironment environment,
      Optional<String> leadsTo,
      boolean forCommand) {
    return registry.change(() -> {
      String id = id(kind, profile, environment, leadsTo);
      Optional<GrantEntry> known = registry.find(id);
      if (known.isEmpty()) {
        var grant =
            new Grant(id, kind, profile, environment, List.of(), Optional.empty(), now(), leadsTo);
        return issue(grant, forCommand).grant();
      }
      return update(known.get(), environment);
    });
  }

  /**
   * The id of a standing grant. If commands hold the usual one that began with other credentials,
   * before an edit, it is one of its own.
   */
  String id(
      Grant.Kind kind, String profile, CallerEnvironment environment, Optional<String> leadsTo) {
    String id = GrantId.of(kind, profile, environment);
    boolean taken =
        registry.find(id).map(entry -> !entry.grant().leadsTo().equals(leadsTo)).orElse(false);
    return taken && leadsTo.isPresent()
        ? id + "-" + TokenHash.of(leadsTo.get()).hex().substring(0, 8)
        : id;
  }

  /** A new grant that ends with one process. */
  Grants.Issued held(
      Grant.Kind kind,
      String profile,
      CallerEnvironment environment,
      List<String> roles,
      ProcessIdentity holder,
      Optional<String> leadsTo) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = "bound-" + holder.pid() + "-" + HexFormat.of().formatHex(bytes);
    return issue(
        new Grant(id, kind, profile, environment, roles, Optional.of(holder), now(), leadsTo),
        false);
  }

  private Grant update(GrantEntry known, CallerEnvironment environment) {
    GrantEntry entry = known.with(known.grant().with(environment));
    if (!entry.equals(known)) {
      registry.requireReadable(entry);
    }
    // Also if they are equal: the latest caller's helpers get the latest caller's variables.
    registry.putInMemory(List.of(entry));
    boolean _ = maintenance.one(entry);
    if (!entry.grant().environment().aws().equals(known.grant().environment().aws())) {
      registry.save();
    }
    return entry.grant();
  }

  /** The file comes before the grant: a file without a grant does no harm, and is overwritten. */
  private Grants.Issued issue(Grant grant, boolean forCommand) {
    Secret token = RandomToken.random(random);
    return registry.change(() -> {
      var entry = new GrantEntry(grant, TokenHash.of(token.reveal())).withForCommands(forCommand);
      registry.requireRoom();
      registry.requireReadable(entry);
      if (grant.kind() != Grant.Kind.ENVIRONMENT) {
        files.write(grant.id(), token);
      }
      registry.put(List.of(entry));
      return new Grants.Issued(grant, token);
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
