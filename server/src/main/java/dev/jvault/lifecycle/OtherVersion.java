package dev.jvault.lifecycle;

import dev.jvault.protocol.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The version of the program that new commands run, if it is another one than ours.
 *
 * @param version its name, such as {@code 0.2.0}
 * @param launcher its launcher script
 * @param complete whether all its files are there; false while they are still being copied
 */
public record OtherVersion(String version, Path launcher, boolean complete) {
  /**
   * A version without a list of its files is complete once none of them has changed for so long.
   */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /**
   * The version that the link {@code current} of an installation leads to; empty if that is the
   * installation's own, or none.
   */
  public static Optional<OtherVersion> beside(Installation own, Instant now) {
    try {
      Path link = own.current().filter(Files::isDirectory).orElse(null);
      if (link == null) {
        return Optional.empty();
      }
      Path folder = link.toRealPath();
      if (folder.equals(own.folder())) {
        return Optional.empty();
      }
      Path launcher = folder.resolve("bin/jvault");
      return Optional.of(new OtherVersion(name(folder), launcher, isComplete(folder, now)));
    } catch (IOException | UncheckedIOException _) {
      // It is being replaced at this moment, or a package makes its caches as another user.
      return Optional.empty();
    }
  }

  private static String name(Path folder) throws IOException {
    Path file = folder.resolve("lib/version");
    return Files.isReadable(file)
        ? Files.readString(file).strip()
        : String.valueOf(folder.getFileName());
  }

  private static boolean isComplete(Path folder, Instant now) throws IOException {
    Path jars = folder.resolve("lib/server.jars");
    if (!Files.isExecutable(folder.resolve("bin/jvault"))
        || !Files.isExecutable(folder.resolve("lib/runtime/bin/java"))
        || !Files.isReadable(folder.resolve("lib/version"))
        || !Files.isReadable(jars)) {
      return false;
    }
    for (String jar : Files.readAllLines(jars)) {
      if (!Files.isReadable(folder.resolve("lib").resolve(jar))) {
        return false;
      }
    }
    Path list = folder.resolve("files");
    return Files.isReadable(list)
        ? hasAll(folder, Files.readAllLines(list))
        : isSettled(folder, now);
  }

  /**
   * Whether the files of the version's folder have the sizes that the list says. It is not read
   * whole while it is copied, but then its own folder is not whole either.
   */
  private static boolean hasAll(Path folder, List<String> list) throws IOException {
    String own = "lib/jvault/" + folder.getFileName() + "/";
    int found = 0;
    for (String line : list) {
      String[] words = line.split(" ", 2);
      if (words.length < 2 || !words[1].startsWith(own) || words[0].equals("link")) {
        continue;
      }
      Path file = folder.resolve(words[1].substring(own.length()));
      if (!Files.isRegularFile(file) || !words[0].equals(Long.toString(Files.size(file)))) {
        return false;
      }
      found++;
    }
    return found > 0 && list.stream().anyMatch(line -> line.endsWith(" " + own + "lib/version"));
  }

  private static boolean isSettled(Path folder, Instant now) throws IOException {
    Instant latest = Instant.MIN;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        latest = changed.isAfter(latest) ? changed : latest;
      }
    }
    return latest.plus(SETTLED).isBefore(now);
  }
}
