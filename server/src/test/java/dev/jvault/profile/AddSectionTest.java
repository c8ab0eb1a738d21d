package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adding a profile's section to the config file. */
final class AddSectionTest {
  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void createsFolderAndFileForTheOwnerOnly() throws IOException {
    add("dev");
    assertThat(home.config).hasContent("\n[profile dev]\n");
    assertThat(mode(home.config)).isEqualTo("rw-------");
    assertThat(mode(folder.resolve(".aws"))).isEqualTo("rwx------");
    assertThat(home.outcome("dev")).startsWith("key dev");
  }

  @Test
  void keepsContentModeAndLineEndings() throws IOException {
    home.config("# M\u00fcller\r\n[profile a]\r\nregion = x-1");
    Files.setPosixFilePermissions(home.config, PosixFilePermissions.fromString("rw-r-----"));
    add("dev");
    assertThat(Files.readString(home.config))
        .isEqualTo("# M\u00fcller\r\n[profile a]\r\nregion = x-1\r\n\r\n[profile dev]\r\n");
    assertThat(mode(home.config)).isEqualTo("rw-r-----");
    assertThat(folder.resolve(".aws")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void anErrorAfterAnEditDoesNotKeepTheNextEditWaiting() throws Exception {
    var reader = new ConfigReader(new SdkSectionParser());
    var editor = new ConfigEditor(reader);
    reader.whenEdited(() -> {
      throw new IllegalStateException("the disk is full");
    });
    assertThatThrownBy(() -> editor.remove(List.of(), home.environment(), Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class);
    reader.whenEdited(() -> {});
    CompletableFuture.runAsync(() -> editor.addSection("dev", home.environment()))
        .get(60, TimeUnit.SECONDS);
    assertThat(home.config).hasContent("\n[profile dev]\n");
  }

  @Test
  void addsNothingTwice() throws IOException {
    home.config("[profile \"dev\"]\n");
    add("dev");
    assertThat(home.config).hasContent("[profile \"dev\"]\n");
    add("default");
    add("default");
    assertThat(Files.readString(home.config)).isEqualTo("[profile \"dev\"]\n\n[default]\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "dev, [profile dev]",
        "a b, [profile 'a b']",
        "it's, [profile 'it'\"'\"'s']",
        "say \"x\", [profile 'say \"x\"']",
        "back\\slash, [profile 'back\\slash']",
        "a#b;c, [profile a#b;c]",
        "ünï/x.y@z, [profile ünï/x.y@z]"
      })
  void quotesAsTheAwsCliDoes(String name, String header) {
    add(name);
    assertThat(home.config).hasContent("\n" + header + "\n");
    assertThat(home.outcome(name)).startsWith("key " + name + " >");
  }

  @Test
  void followsASymbolicLinkAlsoToAFileThatIsNotThere() throws IOException {
    Path real = folder.resolve("dotfiles/aws-config");
    Files.createDirectories(folder.resolve(".aws"));
    Files.createSymbolicLink(home.config, Path.of("../dotfiles/aws-config"));
    add("dev");
    add("ops");
    assertThat(home.config).isSymbolicLink();
    assertThat(real).hasContent("\n[profile dev]\n\n[profile ops]\n");
  }

  @Test
  void writesTheOriginalInsideExec() {
    Path original = folder.resolve("original");
    Path copy = folder.resolve("1-" + ConfigFiles.copyMark(original) + "-copy");
    home.with("AWS_CONFIG_FILE", copy.toString()).with("JVAULT_CONFIG_FILE", original.toString());
    add("dev");
    assertThat(original).exists();
    assertThat(copy).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithTheLineToAdd() throws IOException {
    home.with("AWS_CONFIG_FILE", folder.resolve("loop").toString());
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThatThrownBy(() -> add("dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(folder.resolve("loop") + " cannot be ");
  }

  private void add(String name) {
    home.editor.addSection(name, home.environment());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
