package dev.jvault.session;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The long-lived keys that AWS no longer knows, because they were rotated, deactivated or deleted
 * elsewhere. Their sessions are not refreshed, and STS does not see them with each request. A key
 * leaves this list when it is replaced, when AWS accepts it again, or when its sessions are
 * forgotten. Safe for many threads.
 */
final class RefusedKeys {
  /** How long a refusal is repeated from memory before AWS is asked again. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private record Refusal(
      AccessKey key,
      String name,
      boolean stored,
      Outcome.Denied outcome,
      Instant since,
      Instant asked,
      boolean told) {
    Refusal withTold() {
      return new Refusal(key, name, stored, outcome, since, asked, true);
    }
  }

  private final Map<String, Refusal> byId = new ConcurrentHashMap<>();
  private final Vault vault;
  private final InstantSource clock;

  RefusedKeys(Vault vault, InstantSource clock) {
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Records how AWS answered a request that a chain's key has signed.
   *
   * @return the outcome, which names the key if AWS does not know it
   */
  Outcome record(SourceChain chain, AccessKey key, Outcome answered) {
    Outcome outcome = answered.signedBy(key);
    if (outcome instanceof Outcome.Issued) {
      byId.remove(key.accessKeyId());
    } else if (outcome instanceof Outcome.Denied denied
        && denied.reason() == Outcome.Reason.INVALID_KEY) {
      Instant now = clock.instant();
      boolean stored = stored(chain.keyName()).filter(held -> same(held, key)).isPresent();
      byId.compute(
          key.accessKeyId(),
          (_, known) ->
              known != null && known.key().equals(key)
                  ? new Refusal(key, known.name(), stored, denied, known.since(), now, known.told())
                  : new Refusal(key, chain.keyName(), stored, denied, now, now, false));
    }
    return outcome;
  }

  /** Whether AWS has refused the key of a chain, so that its sessions are not refreshed. */
  boolean refused(SourceChain chain) {
    return chain.key().flatMap(this::find).isPresent();
  }

  /** What AWS said about a key within the last ten minutes. */
  Optional<Outcome> remembered(AccessKey key) {
    Instant now = clock.instant();
    return find(key)
        .filter(refusal -> refusal.asked().plus(REMEMBERED).isAfter(now))
        .filter(refusal -> !refusal.asked().isAfter(now))
        .map(Refusal::outcome);
  }

  /** Forgets the keys whose name matches. */
  void forget(Predicate<String> name) {
    byId.values().removeIf(refusal -> name.test(refusal.name()));
  }

  /** All refused keys. */
  List<RefusedKey> all(Function<String, Optional<Instant>> liveUntil) {
    dropReplaced();
    return byId.values().stream().map(refusal -> view(refusal, liveUntil)).toList();
  }

  /** The refused keys that were not reported yet. They count as reported from now on. */
  List<RefusedKey> news(Function<String, Optional<Instant>> liveUntil) {
    dropReplaced();
    List<Refusal> news = byId.values().stream().filter(refusal -> !refusal.told()).toList();
    news.forEach(refusal -> told(refusal.key().accessKeyId()));
    return news.stream().map(refusal -> view(refusal, liveUntil)).toList();
  }

  /** Records that the user has read that AWS no longer knows the key with this id. */
  void told(String accessKeyId) {
    byId.computeIfPresent(accessKeyId, (_, refusal) -> refusal.withTold());
  }

  private Optional<Refusal> find(AccessKey key) {
    return Optional.ofNullable(byId.get(key.accessKeyId()))
        .filter(refusal -> refusal.key().equals(key));
  }

  /** Drops the keys that were replaced in or removed from the vault. */
  private void dropReplaced() {
    if (vault.exists() && vault.unlocked()) {
      byId.values()
          .removeIf(refusal ->
              stored(refusal.name())
                  .map(held -> !refusal.key().equals(held))
                  .orElse(refusal.stored()));
    }
  }

  private Optional<AccessKey> stored(String name) {
    return vault.exists() && vault.unlocked() ? vault.keys().find(name) : Optional.empty();
  }

  private static boolean same(AccessKey one, AccessKey other) {
    return one.accessKeyId().equals(other.accessKeyId());
  }

  private static RefusedKey view(Refusal refusal, Function<String, Optional<Instant>> liveUntil) {
    String id = refusal.key().accessKeyId();
    return new RefusedKey(refusal.name(), id, refusal.since(), liveUntil.apply(id));
  }
}
