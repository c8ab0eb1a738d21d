package dev.jvault.service;

import dev.jvault.program.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A marked block in the start file of the user's login shell. */
final class LoginShell implements Way {
  private final ServiceUser user;
  private final DaemonControl daemon;

  LoginShell(ServiceUser user, DaemonControl daemon) {
    this.user = user;
    this.daemon = daemon;
  }

  @Override
  public String title() {
    return "your login shell";
  }

  @Override
  public boolean installed() {
    return files().anyMatch(LoginShell::hasBlock);
  }

  @Override
  public Plan install(boolean atLogin) {
    Path file = startFile();
    Optional<String> content = UserFiles.read(file);
    String wanted = StartBlock.addedTo(StartBlock.removedFrom(content), line());
    var changes = new ArrayList<>(remove(files().filter(other -> !other.equals(file))));
    if (!content.equals(Optional.of(wanted))) {
      changes.add(new Change.Write(file, wanted));
    }
    return new Plan(changes);
  }

  @Override
  public Plan uninstall() {
    return new Plan(remove(files()));
  }

  private static List<Change> remove(Stream<Path> files) {
    var changes = new ArrayList<Change>();
    for (Path file : files.filter(LoginShell::hasBlock).toList()) {
      Optional<String> left = StartBlock.removedFrom(UserFiles.read(file));
      changes.add(left.isPresent() ? new Change.Write(file, left.get()) : new Change.Delete(file));
    }
    return changes;
  }

  @Override
  public List<StatusRow> status() {
    List<String> lines =
        files().filter(LoginShell::hasBlock).map(file -> file + " (a marked block)").toList();
    return List.of(
        new StatusRow("files", String.join("\n", lines)),
        new StatusRow("daemon", DaemonRow.of(daemon)));
  }

  private static boolean hasBlock(Path file) {
    return UserFiles.read(file).filter(StartBlock::isIn).isPresent();
  }

  private String line() {
    String quiet =
        user.commandLine(this::word) + " server --background </dev/null >/dev/null 2>&1 &";
    return isFish() ? quiet + "\ndisown" : "(" + quiet + ")";
  }

  /** A word of the shell's language; in the quotes of fish, a backslash escapes. */
  private String word(String text) {
    return Command.quoted(isFish() ? text.replace("\\", "\\\\") : text);
  }

  private boolean isFish() {
    return shell().equals("fish");
  }

  private String shell() {
    String path = user.variable("SHELL");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The file that a login shell of this user reads: of bash, the first that exists. */
  private Path startFile() {
    Path home = user.home();
    return switch (shell()) {
      case "fish" -> fish();
      case "zsh" -> zsh();
      case "bash" ->
          Stream.of(".bash_profile", ".bash_login")
              .map(home::resolve)
              .filter(Files::exists)
              .findFirst()
              .orElse(home.resolve(".profile"));
      default -> home.resolve(".profile");
    };
  }

  /** Every file in which a block may be, if the user has changed shells. */
  private Stream<Path> files() {
    Path home = user.home();
    return Stream.of(
        home.resolve(".bash_profile"),
        home.resolve(".bash_login"),
        home.resolve(".profile"),
        zsh(),
        fish());
  }

  private Path zsh() {
    String folder = user.variable("ZDOTDIR");
    return (folder.startsWith("/") ? Path.of(folder) : user.home()).resolve(".zprofile");
  }

  private Path fish() {
    return user.settings().resolve("fish/config.fish");
  }
}
