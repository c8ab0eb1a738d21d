package dev.jvault.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes everything that is generated from the table of verbs into a program's folders. */
public final class Main {
  private Main() {}

  /**
   * Takes two arguments: the program's folders {@code lib} and {@code share}.
   *
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path lib = Path.of(arguments[0]);
    write(lib.resolve("help"), HelpFiles.all());
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
