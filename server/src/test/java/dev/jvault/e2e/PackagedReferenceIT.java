package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.reference.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated from the table of verbs is in the package as the table says it now. */
final class PackagedReferenceIT {
  @TempDir Path fresh;

  @Test
  void theHelpTextsOfThePackageAreThoseOfTheTable() throws IOException {
    Path lib = Path.of(Jvault.program()).toRealPath().resolve("../../lib").normalize();
    Main.main(new String[] {fresh.toString(), fresh.resolve("share").toString()});

    assertThat(files(lib.resolve("help"))).isEqualTo(files(fresh.resolve("help"))).isNotEmpty();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }
}
