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
 * resolves to is outdated and waits for {@link #takeLeft}. Safe for many threads.
 */
final class ResolvedChains {
  private static final int MOST = 256;

  /** A profile of a caller, perhaps with a role above it. */
  record Question(String profile, Optional<String> role, CallerEnvironment environment) {}

  private record Answer(ProfileSet profiles, Map<String, Boolean> keys, Chain chain) {
    boolean good(ProfileSet now, StoredKeys storedKeys) {
      return profiles.sameFiles(now)
          && keys.entrySet().stream()
              .allMatch(k -> storedKeys.mayContain(k.getKey()) == k.getValue());
    }
  }

  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();
  private final Queue<ChainsEdit.ChainInUse> left = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean news = new AtomicBoolean();

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
    Answer known = answers.get(question);
    if (known != null && known.good(profiles, storedKeys)) {
      return known.chain();
    }
    Map<String, Boolean> asked = new HashMap<>();
    Chain chain;
    try {
      chain = resolution.apply(key -> asked.computeIfAbsent(key, storedKeys::mayContain));
    } catch (JvaultException e) {
      answers.remove(question);
      leave(question, known);
      throw e;
    }
    if (answers.size() >= MOST) {
      answers.clear();
    }
    answers.put(question, new Answer(profiles, asked, chain));
    if (known != null && !known.chain().equals(chain)) {
      leave(question, known);
    }
    return chain;
  }

  /** The questions that have a cached chain. */
  List<Question> questions() {
    return List.copyOf(answers.keySet());
  }

  /** Whether chains have become outdated since the last call. */
  boolean takeNews() {
    return news.get() && news.getAndSet(false);
  }

  /** Takes the outdated chains. */
  List<ChainsEdit.ChainInUse> takeLeft() {
    var taken = new ArrayList<ChainsEdit.ChainInUse>();
    for (ChainsEdit.ChainInUse one = left.poll(); one != null; one = left.poll()) {
      taken.add(one);
    }
    return taken;
  }

  /** All cached chains. */
  List<ChainsEdit.ChainInUse> all() {
    return answers.entrySet().stream()
        .map(entry ->
            new ChainsEdit.ChainInUse(entry.getValue().chain(), entry.getKey().environment()))
        .toList();
  }

  private void leave(Question question, @Nullable Answer known) {
    if (known == null) {
      return;
    }
    if (left.size() >= MOST) {
      left.poll();
    }
    left.add(new ChainsEdit.ChainInUse(known.chain(), question.environment()));
    news.set(true);
  }
}
