package dev.jvault.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The latest chain for each profile and caller. It is good while the files are the very ones that
 * it was resolved from and the vault says the same of each key that was asked about; so an SDK's
 * request does not resolve a profile again that has not changed. Safe for many threads.
 */
final class ResolvedChains {
  private static final int MOST = 256;

  /** Which chain: a profile's, perhaps with a role above it, as a caller means it. */
  record Question(String profile, Optional<String> role, CallerEnvironment environment) {}

  private record Answer(ProfileSet profiles, Map<String, Boolean> keys, Chain chain) {
    boolean good(ProfileSet now, Predicate<String> storedKey) {
      return profiles.sameFiles(now)
          && keys.entrySet().stream().allMatch(k -> storedKey.test(k.getKey()) == k.getValue());
    }
  }

  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  /**
   * The known chain, if it is still good, else the one that is resolved now.
   *
   * @param resolution resolves by the predicate that it is given, and throws where it cannot
   */
  Chain get(
      Question question,
      ProfileSet profiles,
      Predicate<String> storedKey,
      Function<Predicate<String>, Chain> resolution) {
    Answer known = answers.get(question);
    if (known != null && known.good(profiles, storedKey)) {
      return known.chain();
    }
    Map<String, Boolean> asked = new HashMap<>();
    Chain chain = resolution.apply(key -> asked.computeIfAbsent(key, storedKey::test));
    if (answers.size() >= MOST) {
      answers.clear();
    }
    answers.put(question, new Answer(profiles, asked, chain));
    return chain;
  }
}
