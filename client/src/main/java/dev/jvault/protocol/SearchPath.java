package dev.jvault.protocol;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders in which programs are looked for.
 *
 * @param folders absolute paths, the first of which wins
 */
public record SearchPath(List<Path> folders) {
  /** Copies the list. */
  public SearchPath {
    folders = List.copyOf(folders);
  }

  /**
   * The folders in the value of a variable {@code PATH}. Relative ones, the empty one among them,
   * are left out, because jvault runs in another folder than its caller.
   */
  public static SearchPath of(String value) {
    return new SearchPath(
        Stream.of(value.split(":", -1))
            .filter(folder -> folder.startsWith("/"))
            .flatMap(folder -> path(folder).stream())
            .distinct()
            .toList());
  }

  /** Where programs of these names may be: the first folder with each name, then the next one. */
  public Stream<Path> places(List<String> names) {
    return folders.stream()
        .flatMap(folder -> names.stream().flatMap(name -> path(folder + "/" + name).stream()));
  }

  /** The program that a shell would run for a name. Blocks as long as the file systems do. */
  public Optional<Path> find(String name) {
    return places(List.of(name)).filter(SearchPath::isProgram).findFirst();
  }

  /** Whether a file can be run. Blocks as long as its file system does. */
  public static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
