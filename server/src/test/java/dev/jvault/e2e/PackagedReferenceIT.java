package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.reference.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated from the table of verbs is in the package as the table says it now. */
final class PackagedReferenceIT {
  @TempDir Path fresh;
  private Path lib = Path.of("");
  private Path share = Path.of("");

  @BeforeEach
  void generate() throws IOException {
    Path program = Path.of(Jvault.program());
    lib = program.toRealPath().resolve("../../lib").normalize();
    share = program.resolve("../../share").normalize();
    Path project = Path.of(System.getProperty("basedir", "")).resolve("..");
    Main.main(
        new String[] {
          fresh.resolve("lib").toString(), fresh.resolve("share").toString(), project.toString()
        });
  }

  @Test
  void theHelpTextsOfThePackageAreThoseOfTheTable() throws IOException {
    assertSame(lib.resolve("help"), fresh.resolve("lib/help"));
  }

  @Test
  void theCompletionsOfThePackageAreThoseOfTheTable() throws IOException {
    assertSame(lib.resolve("completion"), fresh.resolve("lib/completion"));
    for (String folder :
        new String[] {"bash-completion", "zsh", "fish/vendor_completions.d", "jvault"}) {
      assertSame(share.resolve(folder), fresh.resolve("share").resolve(folder));
    }
  }

  private static void assertSame(Path packaged, Path generated) throws IOException {
    assertThat(files(packaged)).isEqualTo(files(generated)).isNotEmpty();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }
}
