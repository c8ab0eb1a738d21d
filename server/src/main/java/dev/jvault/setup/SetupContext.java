package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What targets know of the caller and its machine.
 *
 * @param environment the caller's variables
 * @param osName the system property {@code os.name}
 * @param program the path of the jvault command that stays the same over upgrades
 * @param served the profiles that are served
 * @param region the region of a profile; throws {@link dev.jvault.protocol.JvaultException} if
 *     there is no such profile
 * @param chain the names of a profile and of those that its credentials come from
 * @param files looks at files
 * @param programs the programs of this user that run
 */
public record SetupContext(
    CallerEnvironment environment,
    String osName,
    Path program,
    List<ServedAddress> served,
    Function<String, Optional<String>> region,
    Function<String, List<String>> chain,
    ForeignFiles files,
    RunningPrograms programs) {
  /** Copies the list. */
  public SetupContext {
    served = List.copyOf(served);
  }

  boolean mac() {
    return osName.startsWith("Mac");
  }

  /** The path of the jvault command, for files. */
  String command() {
    return program.toString();
  }

  /** A file below the folder {@code share} of the installation. */
  Path share(String name) {
    return program.resolveSibling("../share").resolve(name).normalize();
  }

  /** Whether shells look for the completions of this installation by themselves. */
  boolean installedInTheSystem() {
    return program.startsWith("/usr/bin") || program.startsWith("/usr/local/bin");
  }

  Path home() {
    return environment.home();
  }

  /** A variable of the caller; empty values count as unset. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.helper().get(name));
  }

  /** The path in a variable of the caller; a relative one is ignored. */
  Optional<Path> path(String name) {
    return variable(name).filter(path -> path.startsWith("/")).map(Path::of);
  }

  /** {@code $XDG_CONFIG_HOME}, else {@code ~/.config}. */
  Path configHome() {
    return path("XDG_CONFIG_HOME").orElseGet(() -> home().resolve(".config"));
  }

  /** Whether there is something at a path. */
  boolean exists(Path path) {
    try {
      return files.look(path, Files::exists);
    } catch (IOException _) {
      return false;
    }
  }

  /** The first of these commands that is on the caller's path. */
  Optional<Path> command(List<String> names) {
    return SearchPath.of(variable("PATH").orElse(""))
        .places(names)
        .filter(this::isProgram)
        .findFirst();
  }

  private boolean isProgram(Path path) {
    try {
      return files.look(path, SearchPath::isProgram);
    } catch (IOException _) {
      return false;
    }
  }
}
