package dev.jvault.aws;

import java.util.Optional;
import java.util.stream.Stream;

/** Searches the causes of an exception. */
final class Causes {
  private static final int DEEPEST = 20;

  private Causes() {}

  /** The first exception of a type among an exception and its causes. */
  static <T extends Throwable> Optional<T> find(Throwable outermost, Class<T> kind) {
    return Stream.iterate(outermost, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }
}
