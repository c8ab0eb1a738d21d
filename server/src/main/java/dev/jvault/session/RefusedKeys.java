package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The long-lived keys that AWS does not know, each with the endpoint that said so: a region that
 * the account has not enabled does not know a key that all others accept. Their sessions are not
 * refreshed, and polls get the refusal from memory for ten minutes; the user's own commands ask
 * AWS. A key leaves this list when it is replaced, when AWS accepts it again, or when its sessions
 * are forgotten. A key that was stored less than half a minute ago never enters it, because AWS
 * takes some seconds to know a new key. Safe for many threads.
 */
final class RefusedKeys {
  /** How long polls get a refusal from memory before AWS is asked again. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** How long after it was stored a key may be unknown because it is new. */
  private static final Duration NEW = Duration.ofSeconds(30);

  private record Place(String accessKeyId, String service) {}

  /** A refusal; {@code askedAt} is a time of the steady clock, {@code since} one of the wall's. */
  private record Refusal(
      AccessKey key,
      String name,
      boolean stored,
      Outcome.Denied outcome,
      Instant since,
      Instant askedAt,
      boolean told) {
    Refusal withTold() {
      return new Refusal(key, name, stored, outcome, since, askedAt, true);
    }
  }

  private final Map<Place, Refusal> refusals = new ConcurrentHashMap<>();
  private final Vault vault;
  private final Clocks clocks;

  RefusedKeys(Vault vault, Clocks clocks) {
    this.vault = vault;
    this.clocks = clocks;
  }

  /**
   * Records how AWS answered a request that a chain's key has signed.
   *
   * @return the outcome, which names the key if AWS does not know it
   */
  Outcome record(SourceChain chain, AccessKey key, Outcome answered) {
    Outcome outcome = answered.signedBy(key);
    Place place = place(chain, key);
    if (outcome instanceof Outcome.Issued) {
      refusals.remove(place);
    }
    if (!(outcome instanceof Outcome.Denied denied) || denied.unknownKey().isEmpty()) {
      return outcome;
    }
    if (denied.reason() == Outcome.Reason.INVALID_KEY && isNew(chain, key)) {
      return new Outcome.Unavailable(
          Outcome.Unavailable.Kind.NEW_KEY,
          "AWS does not know the new key of %s yet, which is usual for some seconds; try again shortly."
              .formatted(chain.keyName()));
    }
    var told = new Outcome.Denied(denied.reason(), sentence(chain, denied), denied.unknownKey());
    boolean stored = stored(chain.keyName()).filter(held -> same(held, key)).isPresent();
    refusals.compute(
        place,
        (_, known) -> {
          boolean again = known != null && known.key().equals(key);
          return new Refusal(
              key,
              again ? known.name() : chain.keyName(),
              stored,
              told,
              again ? known.since() : clocks.instant(),
              clocks.steady(),
              again && known.told());
        });
    return told;
  }

  /** Whether AWS has refused the key of a chain, so that its sessions are not refreshed. */
  boolean refused(SourceChain chain) {
    return chain.key().flatMap(key -> find(chain, key)).isPresent();
  }

  /** What AWS said about the key of a chain within the last ten minutes. */
  Optional<Outcome> remembered(SourceChain chain, AccessKey key) {
    Instant now = clocks.steady();
    return find(chain, key)
        .filter(refusal -> refusal.askedAt().plus(REMEMBERED).isAfter(now))
        .map(Refusal::outcome);
  }

  /** Forgets the keys whose name or id matches. */
  void forget(Predicate<String> name, Predicate<String> accessKeyId) {
    refusals
        .entrySet()
        .removeIf(one ->
            name.test(one.getValue().name()) || accessKeyId.test(one.getKey().accessKeyId()));
  }

  /** Forgets all keys, because the user wants AWS to be asked. */
  void clear() {
    refusals.clear();
  }

  /** All refused keys. */
  List<RefusedKey> all(Function<String, Optional<Instant>> liveUntil) {
    dropReplaced();
    return refusals.values().stream().map(refusal -> view(refusal, liveUntil)).distinct().toList();
  }

  /** The refused keys that were not reported yet. They count as reported from now on. */
  List<RefusedKey> news(Function<String, Optional<Instant>> liveUntil) {
    dropReplaced();
    List<Refusal> news = refusals.values().stream().filter(refusal -> !refusal.told()).toList();
    news.forEach(refusal -> told(refusal.key().accessKeyId()));
    return news.stream().map(refusal -> view(refusal, liveUntil)).distinct().toList();
  }

  /** Records that the user has read that AWS does not know the key with this id. */
  void told(String accessKeyId) {
    refusals.replaceAll(
        (place, refusal) -> place.accessKeyId().equals(accessKeyId) ? refusal.withTold() : refusal);
  }

  private Optional<Refusal> find(SourceChain chain, AccessKey key) {
    return Optional.ofNullable(refusals.get(place(chain, key)))
        .filter(refusal -> refusal.key().equals(key));
  }

  private boolean isNew(SourceChain chain, AccessKey key) {
    return stored(chain.keyName()).filter(key::equals).isPresent()
        && vault
            .keys()
            .added(chain.keyName())
            .map(added -> Duration.between(added, clocks.instant()))
            .filter(age -> !age.isNegative() && age.compareTo(NEW) < 0)
            .isPresent();
  }

  /** Drops the keys that were replaced in or removed from the vault. */
  private void dropReplaced() {
    if (vault.exists() && vault.unlocked()) {
      refusals
          .values()
          .removeIf(refusal ->
              stored(refusal.name())
                  .map(held -> !refusal.key().equals(held))
                  .orElse(refusal.stored()));
    }
  }

  private Optional<AccessKey> stored(String name) {
    return vault.exists() && vault.unlocked() ? vault.keys().find(name) : Optional.empty();
  }

  private static Place place(SourceChain chain, AccessKey key) {
    return new Place(key.accessKeyId(), chain.first().service());
  }

  private static String sentence(SourceChain chain, Outcome.Denied denied) {
    return "%s Programs that poll make jvault ask AWS again in %d min, `jvault unlock %s` at once."
        .formatted(denied.sentence(), REMEMBERED.toMinutes(), chain.profile())
        .strip();
  }

  private static boolean same(AccessKey one, AccessKey other) {
    return one.accessKeyId().equals(other.accessKeyId());
  }

  private static RefusedKey view(Refusal refusal, Function<String, Optional<Instant>> liveUntil) {
    String id = refusal.key().accessKeyId();
    return new RefusedKey(refusal.name(), id, refusal.since(), liveUntil.apply(id));
  }
}
