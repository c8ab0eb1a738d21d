package dev.jvault.server;

import dev.jvault.lifecycle.FolderWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Makes a deleted token file again at once, because the programs that read it get an error. */
final class TokenFileWatch {
  private final Path tokens;
  private final Runnable maintain;
  private Set<String> known;

  private TokenFileWatch(Path tokens, Runnable maintain) {
    this.tokens = tokens;
    this.maintain = maintain;
    this.known = names();
  }

  /**
   * Starts to watch.
   *
   * @param tokens the folder of the token files
   * @param maintain makes the missing files again; runs on the watch's thread
   * @param handedOver whether another daemon maintains the files by now
   */
  static AutoCloseable start(Path tokens, Runnable maintain, BooleanSupplier handedOver) {
    var watch = new TokenFileWatch(tokens, maintain);
    return FolderWatch.deletions(
        () -> List.of(tokens), () -> !handedOver.getAsBoolean() && watch.look());
  }

  /**
   * Maintains the files only if one is missing that was there before: a write that fails deletes
   * its temporary file, and must not lead to the next write.
   *
   * @return whether it has maintained them
   */
  private boolean look() {
    Set<String> now = names();
    boolean missing = !now.containsAll(known);
    if (missing) {
      maintain.run();
    }
    known = missing ? names() : now;
    return missing;
  }

  /** The names of the token files, without temporary files, which begin with a dot. */
  private Set<String> names() {
    String[] names = tokens.toFile().list((_, name) -> !name.startsWith("."));
    return names == null ? Set.of() : Set.of(names);
  }
}
