package dev.jvault.protocol;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this program lies: {@code PREFIX/lib/jvault/VERSION}, beside other versions and the link
 * {@code current}, which leads to one of them; {@code PREFIX/bin/jvault} leads through that link.
 * Homebrew keeps a prefix for each version, {@code BREW/Cellar/jvault/VERSION}, and switches the
 * links {@code BREW/opt/jvault} and {@code BREW/bin/jvault}.
 *
 * @param launcher the launcher script of this version, {@code …/lib/jvault/VERSION/bin/jvault}; of
 *     a program that is not installed, any path
 */
public record Installation(Path launcher) {
  private static final Path COMMAND = Path.of("bin", "jvault");

  /** The installation of the launcher with this path, which may be relative. */
  public static Installation of(String launcher) {
    return new Installation(Path.of(launcher).toAbsolutePath().normalize());
  }

  /**
   * The path that files and units name, because it is the same after an upgrade: {@code
   * PREFIX/bin/jvault} if that leads to this installation, else the launcher.
   */
  public Path command() {
    return prefix()
        .map(prefix -> brew(prefix).orElse(prefix).resolve(COMMAND))
        .filter(Files::isExecutable)
        .orElse(launcher);
  }

  /**
   * The link that an upgrade switches. It may be missing, and may lead to another version than this
   * one. Empty if this program does not lie in a folder for its version.
   */
  public Optional<Path> current() {
    return prefix()
        .map(prefix ->
            brew(prefix)
                .map(brew -> brew.resolve("opt/jvault"))
                .orElse(prefix)
                .resolve("lib/jvault/current"));
  }

  /** The folder of this version. */
  public Path folder() {
    return launcher.resolve("../..").normalize();
  }

  private Optional<Path> prefix() {
    Path versions = folder().getParent();
    return versions != null && versions.endsWith(Path.of("lib", "jvault"))
        ? Optional.of(versions.resolve("../..").normalize())
        : Optional.empty();
  }

  private static Optional<Path> brew(Path prefix) {
    Path program = prefix.getParent();
    return program != null && program.endsWith(Path.of("Cellar", "jvault"))
        ? Optional.of(program.resolve("../..").normalize())
        : Optional.empty();
  }
}
