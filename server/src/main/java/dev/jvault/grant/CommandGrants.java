package dev.jvault.grant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The standing grants that were made for a command of {@code exec} and have no other consumer: each
 * ends if no program has used it and none still can. Safe for many threads.
 */
final class CommandGrants {
  /** How long a command may take until a grant that it does not use is looked at. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private final GrantRegistry registry;
  private final TokenFiles files;
  private final TokenHolders holders;
  private final InstantSource clock;

  /** When a command last got a grant, or held it, or when this daemon started, by grant id. */
  private final Map<String, Instant> handedOut = new ConcurrentHashMap<>();

  CommandGrants(
      GrantRegistry registry, TokenFiles files, TokenHolders holders, InstantSource clock) {
    this.registry = registry;
    this.files = files;
    this.holders = holders;
    this.clock = clock;
    registry.all().stream()
        .filter(GrantEntry::forCommands)
        .forEach(kept -> handedOut.put(kept.grant().id(), clock.instant()));
  }

  /** A grant goes to a command. */
  void handedOut(Grant grant, boolean isNew) {
    if (isNew) {
      handedOut.put(grant.id(), clock.instant());
    } else {
      held(grant);
    }
  }

  /**
   * A grant has another consumer too. That is written at once, so that the next daemon does not end
   * it. To be called inside a change of the registry.
   */
  void forget(Grant grant) {
    handedOut.remove(grant.id());
    registry
        .find(grant.id())
        .filter(GrantEntry::forCommands)
        .ifPresent(entry -> registry.put(List.of(entry.withForCommands(false))));
  }

  private void held(Grant grant) {
    handedOut.computeIfPresent(grant.id(), (_, _) -> clock.instant());
  }

  /** The grants that no command got for a while and no program has used. */
  List<Grant> unused() {
    if (!holders.areKnown()) {
      return List.of();
    }
    return handedOut.keySet().stream()
        .flatMap(id -> neverUsed(id).stream())
        .filter(this::isUnused)
        .toList();
  }

  /**
   * Those whose token file and path no living process names; with {@code --token-env} a process has
   * the path only. The others are looked at again later.
   *
   * @throws IOException if the processes cannot be listed
   */
  List<Grant> withoutHolder(List<Grant> unused) throws IOException {
    Set<Path> named = holders.named(unused.stream().flatMap(this::names).toList());
    Predicate<Grant> held = grant -> names(grant).anyMatch(named::contains);
    unused.stream().filter(held).forEach(this::held);
    return unused.stream().filter(held.negate()).toList();
  }

  private Stream<Path> names(Grant grant) {
    return Stream.of(files.path(grant.id()), Path.of(grant.credentialsPath()));
  }

  /** Whether no command got a grant for a while and no program has used it. */
  boolean isUnused(Grant grant) {
    Instant latest = handedOut.get(grant.id());
    return latest != null
        && !latest.plus(PATIENCE).isAfter(clock.instant())
        && neverUsed(grant.id()).isPresent();
  }

  /** The grant, unless it has been used or has ended: then it is no longer watched. */
  private Optional<Grant> neverUsed(String id) {
    Optional<Grant> grant =
        registry.find(id).filter(entry -> entry.lastUse().get().isEmpty()).map(GrantEntry::grant);
    if (grant.isEmpty()) {
      handedOut.remove(id);
    }
    return grant;
  }
}
