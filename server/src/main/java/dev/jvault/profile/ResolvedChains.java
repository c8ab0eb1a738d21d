package dev.jvault.profile;

import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches the latest chain for each profile and caller, so that an SDK request does not resolve an
 * unchanged profile again. A chain is valid while the files are the ones that it was resolved from
 * and the vault holds the same of the keys that were looked up. A chain that its profile no longer
 * resolves to is outdated and waits for {@link #takeOutdated}. Safe for many threads.
 */
final class ResolvedChains {
  private static final int MOST = 256;

  /** A profile of a caller, perhaps with a role above it. */
  record Question(String profile, Optional<String> role, CallerEnvironment environment) {}

  private record CachedChain(ProfileSet profiles, Map<String, Boolean> keys, Chain chain) {
    boolean valid(ProfileSet now, StoredKeys storedKeys) {
      return profiles.sameFiles(now)
          && keys.entrySet().stream()
              .allMatch(k -> storedKeys.mayContain(k.getKey()) == k.getValue());
    }
  }

  private final Map<Question, CachedChain> cached = new ConcurrentHashMap<>();
  private final Queue<ChainsEdit.ChainInUse> outdated = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean edited = new AtomicBoolean();

  /**
   * The cached chain if it is still valid, otherwise one that is resolved now.
   *
   * @param resolution resolves with the keys that it is given, and throws if it cannot
   */
  Chain get(
      Question question,
      ProfileSet profiles,
      StoredKeys storedKeys,
      Function<StoredKeys, Chain> resolution) {
    CachedChain known = cached.get(question);
    if (known != null && known.valid(profiles, storedKeys)) {
      return known.chain();
    }
    Map<String, Boolean> asked = new HashMap<>();
    Chain chain;
    try {
      chain = resolution.apply(key -> asked.computeIfAbsent(key, storedKeys::mayContain));
    } catch (JvaultException e) {
      cached.remove(question);
      addOutdated(question, known);
      throw e;
    }
    if (cached.size() >= MOST) {
      cached.clear();
    }
    cached.put(question, new CachedChain(profiles, asked, chain));
    if (known != null && !known.chain().equals(chain)) {
      addOutdated(question, known);
    }
    return chain;
  }

  /** The cached chain, if it is still valid. */
  Optional<Chain> known(Question question, ProfileSet profiles, StoredKeys storedKeys) {
    return Optional.ofNullable(cached.get(question))
        .filter(chain -> chain.valid(profiles, storedKeys))
        .map(CachedChain::chain);
  }

  /** The questions that have a cached chain. */
  List<Question> questions() {
    return List.copyOf(cached.keySet());
  }

  /** Whether chains have become outdated since the last call. */
  boolean takeEdited() {
    return edited.get() && edited.getAndSet(false);
  }

  /** Takes the outdated chains. */
  List<ChainsEdit.ChainInUse> takeOutdated() {
    var taken = new ArrayList<ChainsEdit.ChainInUse>();
    for (ChainsEdit.ChainInUse one = outdated.poll(); one != null; one = outdated.poll()) {
      taken.add(one);
    }
    return taken;
  }

  /** All cached chains. */
  List<ChainsEdit.ChainInUse> all() {
    return cached.entrySet().stream()
        .map(entry ->
            new ChainsEdit.ChainInUse(entry.getValue().chain(), entry.getKey().environment()))
        .toList();
  }

  private void addOutdated(Question question, @Nullable CachedChain known) {
    if (known == null) {
      return;
    }
    if (outdated.size() >= MOST) {
      outdated.poll();
    }
    outdated.add(new ChainsEdit.ChainInUse(known.chain(), question.environment()));
    edited.set(true);
  }
}
