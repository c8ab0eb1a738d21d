package dev.jvault.lifecycle;

import dev.jvault.files.OwnerFiles;
import dev.jvault.files.SetAside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The file of the substitute port: the port, and the day on which a program last used it. */
final class SubstituteFile {
  /**
   * A substitute port.
   *
   * @param port the TCP port
   * @param lastUse the day of its last use, in UTC
   */
  record Substitute(int port, LocalDate lastUse) {}

  private final Path path;
  private Optional<String> trouble = Optional.empty();

  SubstituteFile(Path path) {
    this.path = path;
  }

  /** The kept substitute; a file that holds none is set aside. */
  Optional<Substitute> read() {
    try {
      String[] words = Files.readString(path).strip().split(" ", -1);
      int port = Integer.parseInt(words[0]);
      if (words.length < 2 || port < 1 || port > 65_535) {
        return damaged("holds no port");
      }
      return Optional.of(new Substitute(port, LocalDate.parse(words[1])));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (NumberFormatException | DateTimeException e) {
      return damaged("holds no port");
    } catch (IOException e) {
      return damaged("cannot be read");
    }
  }

  /** A sentence for the user if the file was damaged. */
  Optional<String> trouble() {
    return trouble;
  }

  void write(Substitute substitute) {
    OwnerFiles.writeDurably(path, substitute.port() + " " + substitute.lastUse() + "\n");
  }

  private Optional<Substitute> damaged(String fault) {
    Optional<Path> aside = SetAside.move(path, fault);
    trouble =
        Optional.of(
            "%s %s%s; programs that were told a substitute port read the new one from `jvault server`."
                .formatted(path, fault, aside.map(place -> " and is now " + place).orElse("")));
    return Optional.empty();
  }
}
