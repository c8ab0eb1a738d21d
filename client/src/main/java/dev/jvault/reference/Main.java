package dev.jvault.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes everything that is generated from the table of verbs into a program's folders, and beside
 * it the parts of the completions that are the same for every table.
 */
public final class Main {
  /**
   * The shells' files: their names in the project and in the program's folder {@code share}. None
   * is in {@code share/jvault}, which is the vault if the prefix is {@code ~/.local}.
   */
  private static final Map<String, String> SHELL_FILES =
      Map.of(
          "jvault.bash", "bash-completion/completions/jvault",
          "_jvault", "zsh/site-functions/_jvault",
          "jvault.fish", "fish/vendor_completions.d/jvault.fish",
          "completion.zsh", "jvault-shell/completion.zsh",
          "prompt.bash", "jvault-shell/prompt.bash",
          "prompt.zsh", "jvault-shell/prompt.zsh",
          "prompt.fish", "jvault-shell/prompt.fish");

  private static final int DATE_LENGTH = 10;

  private Main() {}

  /**
   * Takes four arguments: the program's folders {@code lib} and {@code share}, the project's
   * folder, and the time of the build, such as {@code 2026-11-22T00:00:00Z}, whose date the manual
   * pages get.
   *
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path lib = Path.of(arguments[0]);
    Path share = Path.of(arguments[1]);
    Path project = Path.of(arguments[2]);
    Path sources = project.resolve("client/src/main");
    String date = arguments[3].substring(0, DATE_LENGTH);
    write(lib.resolve("help"), HelpFiles.all());
    write(lib.resolve("completion"), CompletionFiles.all());
    write(share.resolve("man/man1"), ManPages.all(project.resolve("docs"), date));
    copy(sources.resolve("launcher/complete.bash"), lib.resolve("complete.bash"));
    for (Map.Entry<String, String> file : SHELL_FILES.entrySet()) {
      copy(sources.resolve("shell").resolve(file.getKey()), share.resolve(file.getValue()));
    }
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
