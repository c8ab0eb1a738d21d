import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds to the packages what depends on them: the formula for Homebrew and the files for the AUR,
 * which name the archive and its SHA-256; the list of what is shipped (SBOM); and the sums of all.
 */
final class Finish {
  /** Takes the project's folder, the folder with the packages, then those of {@link Values}. */
  static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    Path project = Path.of(arguments[0]);
    Path packages = Path.of(arguments[1]);
    var values = new Values(arguments);
    values.put("SHA256", sha256(packages.resolve(values.archive())));
    Path source = project.resolve("packaging/src");
    values.put("VERSIONS", values.fill(source.resolve("scripts/versions.sh")));

    write(
        packages.resolve("homebrew/jvault.rb"), values.fill(source.resolve("homebrew/jvault.rb")));
    Path aur = source.resolve("aur");
    write(packages.resolve("aur/PKGBUILD"), values.fill(aur.resolve("PKGBUILD")));
    write(packages.resolve("aur/.SRCINFO"), values.fill(aur.resolve("SRCINFO")));
    write(packages.resolve("aur/jvault.install"), values.fill(aur.resolve("jvault.install")));
    Files.copy(
        project.resolve("target/jvault.cdx.json"),
        packages.resolve("jvault-" + values.version() + ".cdx.json"),
        StandardCopyOption.REPLACE_EXISTING);
    writeSums(packages);
  }

  /** In the form that {@code sha256sum --check} reads. */
  private static void writeSums(Path packages) throws IOException, NoSuchAlgorithmException {
    var sums = new StringBuilder();
    try (Stream<Path> files = Files.list(packages)) {
      List<Path> shipped =
          files.filter(f -> Files.isRegularFile(f) && !f.endsWith("SHA256SUMS")).sorted().toList();
      for (Path file : shipped) {
        sums.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
      }
    }
    Files.writeString(packages.resolve("SHA256SUMS"), sums);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
