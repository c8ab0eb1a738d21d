package dev.jvault.profile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The paths of the two files that hold a caller's profiles; the files need not exist.
 *
 * <p>Inside {@code jvault exec} the AWS variables may name filtered copies; {@code
 * JVAULT_CONFIG_FILE} and {@code JVAULT_SHARED_CREDENTIALS_FILE} then name the originals.
 */
public record ConfigFiles(Path config, Path credentials) {
  /** The files of a caller. */
  public static ConfigFiles of(CallerEnvironment environment) {
    Path config = locate(environment, List.of("JVAULT_CONFIG_FILE", "AWS_CONFIG_FILE"), "config");
    Path credentials =
        locate(
            environment,
            List.of("JVAULT_SHARED_CREDENTIALS_FILE", "AWS_SHARED_CREDENTIALS_FILE"),
            "credentials");
    return new ConfigFiles(config, credentials);
  }

  /** The path in a setting, with {@code ~/} for the caller's home. */
  static Path path(Setting setting, CallerEnvironment environment) {
    String text = setting.text();
    try {
      Path path = environment.expand(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException _) {
      throw setting.wrong("is no path on this system; correct it");
    }
    throw setting.wrong(
        "is a relative path, which means nothing to the daemon; write it from / or ~/");
  }

  private static Path locate(CallerEnvironment environment, List<String> variables, String name) {
    for (String variable : variables) {
      var value = environment.get(variable);
      if (value.isPresent()) {
        return path(Setting.variable(variable, value.get()), environment);
      }
    }
    return environment.home().resolve(".aws").resolve(name).normalize();
  }
}
