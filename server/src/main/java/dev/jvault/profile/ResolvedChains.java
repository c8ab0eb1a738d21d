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
 * The latest chain for each profile and caller. It is good while the files are the very ones that
 * it was resolved from and the vault says the same of each key that was asked about; so an SDK's
 * request does not resolve a profile again that has not changed. A chain that is no longer what its
 * profile means is put aside. Safe for many threads.
 */
final class ResolvedChains {
  private static final int MOST = 256;

  /** Which chain: a profile's, perhaps with a role above it, as a caller means it. */
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
   * The known chain, if it is still good, else the one that is resolved now.
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

  /** What was asked and has an answer. */
  List<Question> questions() {
    return List.copyOf(answers.keySet());
  }

  /** Whether chains have been put aside since this was asked last. */
  boolean takeNews() {
    return news.get() && news.getAndSet(false);
  }

  /** Takes the chains that lie aside. */
  List<ChainsEdit.ChainInUse> takeLeft() {
    var taken = new ArrayList<ChainsEdit.ChainInUse>();
    for (ChainsEdit.ChainInUse one = left.poll(); one != null; one = left.poll()) {
      taken.add(one);
    }
    return taken;
  }

  /** The chains that are known. */
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
