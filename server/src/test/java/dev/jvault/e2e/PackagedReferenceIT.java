package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.reference.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
          fresh.resolve("lib").toString(),
          fresh.resolve("share").toString(),
          project.toString(),
          "2026-11-22T00:00:00Z"
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
        new String[] {"bash-completion", "zsh", "fish/vendor_completions.d", "jvault-shell"}) {
      assertSame(share.resolve(folder), fresh.resolve("share").resolve(folder));
    }
  }

  @Test
  void theManualPagesOfThePackageAreThoseOfTheTableAndNoToolFindsFault() throws Exception {
    Path pages = share.resolve("man/man1");
    assertSame(pages, fresh.resolve("share/man/man1"));
    for (String page : files(pages).keySet()) {
      String file = pages.resolve(page).toString();
      assertThat(output("mandoc -T lint \"$1\"", file)).isEmpty();
      assertThat(output("man --warnings -l -Tutf8 -Z \"$1\" >/dev/null", file)).isEmpty();
    }
  }

  /** What a shell's command says of a file, on either output. */
  private static String output(String command, String file)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", command, "sh", file).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process tool = builder.start();
    String text = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(text).isZero();
    return text;
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
