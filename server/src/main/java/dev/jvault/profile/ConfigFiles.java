package dev.jvault.profile;

import dev.jvault.digest.Digests;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths of the two files that hold a caller's profiles; the files need not exist.
 *
 * <p>Inside {@code jvault exec} the AWS variables may name filtered copies; {@code
 * JVAULT_CONFIG_FILE} and {@code JVAULT_SHARED_CREDENTIALS_FILE} then name the originals. They
 * count only while the AWS variable still names the copy of that original; if the user sets {@code
 * AWS_CONFIG_FILE} to another file, that file counts.
 */
public record ConfigFiles(Path config, Path credentials) {
  /** Such a path means another file in each process. */
  private static final Pattern OPEN_FILE =
      Pattern.compile("/dev/(fd/.*|stdin)|/proc/(self|thread-self)/.*");

  /** The files of a caller. */
  public static ConfigFiles of(CallerEnvironment environment) {
    Path config = locate(environment, "CONFIG_FILE", "config");
    Path credentials = locate(environment, "SHARED_CREDENTIALS_FILE", "credentials");
    return new ConfigFiles(config, credentials);
  }

  /** The part of a copy's file name that says which file it is a copy of. */
  public static String copyMark(Path original) {
    return HexFormat.of().formatHex(Digests.sha256(original.toString()), 0, 8);
  }

  /** The path in a setting, with {@code ~/} for the caller's home. */
  static Path path(Setting setting, CallerEnvironment environment) {
    String text = setting.text();
    try {
      Path path = environment.expand(text);
      if (path.isAbsolute() && OPEN_FILE.matcher(path.normalize().toString()).matches()) {
        throw setting.wrong(
            "is a pipe that only one program can read, and jvault reads the file again whenever it"
                + " changes; name a file");
      }
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException _) {
      throw setting.wrong("is no path on this system; correct it");
    }
    throw setting.wrong(
        "is a relative path, which means nothing to the daemon; write it from / or ~/");
  }

  private static Path locate(CallerEnvironment environment, String variable, String name) {
    Optional<Path> given = path(environment, "AWS_" + variable);
    Optional<Path> original = given.flatMap(_ -> path(environment, "JVAULT_" + variable));
    if (original.isPresent() && isCopy(given.orElseThrow(), original.get())) {
      return original.get();
    }
    return given.orElseGet(() -> environment.home().resolve(".aws").resolve(name).normalize());
  }

  private static boolean isCopy(Path file, Path original) {
    return String.valueOf(file.getFileName()).contains(copyMark(original));
  }

  private static Optional<Path> path(CallerEnvironment environment, String variable) {
    return environment.variable(variable).map(setting -> path(setting, environment));
  }
}
