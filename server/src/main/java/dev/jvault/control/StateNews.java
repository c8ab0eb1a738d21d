package dev.jvault.control;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tells the user once about what is not as it was left: another port than the wanted one, a damaged
 * file. Safe for many threads.
 */
final class StateNews {
  private final Supplier<List<String>> sentences;
  private final AtomicReference<List<String>> told = new AtomicReference<>(List.of());

  /** A notice that is given again only if it has changed. */
  StateNews(Supplier<List<String>> sentences) {
    this.sentences = sentences;
  }

  /** The sentences that were not told yet. */
  List<String> toTell() {
    List<String> now = sentences.get();
    List<String> before = told.getAndSet(now);
    return now.stream().filter(sentence -> !before.contains(sentence)).toList();
  }

  /** All sentences, which the caller shows in any case. */
  List<String> told() {
    List<String> now = sentences.get();
    told.set(now);
    return now;
  }
}
