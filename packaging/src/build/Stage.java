import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Lays out the files of each package from the assembled program, in folders below {@code stage}:
 * {@code archive} for the tar.gz; {@code program}, {@code deb} and {@code rpm} for what the
 * system's packages share and what each has for itself; {@code scripts} for their scripts. Writes
 * the tar.gz, and {@code deb.tar} with the files of the Debian package.
 *
 * <p>The AOT caches are left out, because they differ from run to run: each installation makes its
 * own. Everything else is the same in each build of the same sources.
 */
final class Stage {
  private final Path project;
  private final Path packages;
  private final Path stage;
  private final Values values;

  private Stage(Path project, Path packages, Values values) {
    this.project = project;
    this.packages = packages;
    this.stage = project.resolve("packaging/target/stage");
    this.values = values;
  }

  /** Takes the project's folder, the folder for the packages, then those of {@link Values}. */
  static void main(String[] arguments) throws IOException {
    new Stage(Path.of(arguments[0]), Path.of(arguments[1]), new Values(arguments)).run();
  }

  private void run() throws IOException {
    delete(stage);
    Path tree = project.resolve("target/jvault");
    Path archive = stage.resolve("archive/jvault-" + values.version());
    copy(tree, archive, path -> true);
    listFiles(archive);
    Files.createSymbolicLink(
        archive.resolve("install.sh"), Path.of("lib/jvault/current/install.sh"));
    Path usr = stage.resolve("program/usr");
    // A package manager has a list of its own, and installs and removes.
    copy(
        tree,
        usr,
        path ->
            !path.startsWith("share/doc")
                && !path.endsWith("install.sh")
                && !path.endsWith("files"));
    writeUnits(usr);
    makeWritable(usr);
    compressManuals(usr.resolve("share/man/man1"));
    writeDebianFiles();
    writeRpmFiles();
    writeScripts();
    writeTars();
  }

  private void writeTars() throws IOException {
    var archive = new Tar(values.time());
    archive.add(stage.resolve("archive"));
    Files.createDirectories(packages);
    try (var out = new GZIPOutputStream(open(packages.resolve(values.archive())))) {
      archive.write(out);
    }
    var debian = new Tar(values.time());
    debian.add(stage.resolve("program"));
    debian.add(stage.resolve("deb"));
    try (OutputStream out = open(stage.resolve("deb.tar"))) {
      debian.write(out);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** The list of the program's files, without the AOT caches, which are not there any more. */
  private void listFiles(Path archive) throws IOException {
    Path list = archive.resolve("lib/jvault").resolve(values.version()).resolve("files");
    String left =
        Files.readAllLines(list).stream()
            .filter(line -> !line.matches("\\d+ lib/jvault/[^/]+/lib/aot/.*"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Files.delete(list);
    Files.writeString(list, left);
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("r--r--r--"));
  }

  /** The user units, which nothing enables; {@code jvault service install} does. */
  private void writeUnits(Path usr) throws IOException {
    Path source = project.resolve("systemd");
    Path folder = usr.resolve("lib/systemd/user");
    for (String unit : List.of("jvault.service", "jvault.socket")) {
      String text = values.fill(source.resolve(unit));
      write(folder.resolve(unit), bytes(text), 0644);
    }
  }

  /** As usual in a package: nobody but root and the package manager writes there. */
  private static void makeWritable(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!Files.isSymbolicLink(path)) {
          Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
          permissions.add(PosixFilePermission.OWNER_WRITE);
          Files.setPosixFilePermissions(path, permissions);
        }
      }
    }
  }

  /** Debian wants manuals and changelogs to be compressed as much as possible. */
  private static void compressManuals(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path page : list(folder)) {
        write(folder.resolve(page.getFileName() + ".gz"), gzip(Files.readAllBytes(page)), 0644);
        Files.delete(page);
      }
    }
  }

  private void writeDebianFiles() throws IOException {
    Path source = project.resolve("packaging/src/deb");
    Path documents = stage.resolve("deb/usr/share/doc/jvault");
    byte[] changes = Files.readAllBytes(project.resolve("CHANGELOG.md"));
    write(documents.resolve("changelog.gz"), gzip(changes), 0644);
    write(
        documents.resolve("changelog.Debian.gz"),
        gzip(bytes(values.fill(source.resolve("changelog")))),
        0644);
    write(documents.resolve("copyright"), bytes(values.fill(source.resolve("copyright"))), 0644);
    write(
        stage.resolve("deb/usr/share/lintian/overrides/jvault"),
        Files.readAllBytes(source.resolve("lintian-overrides")),
        0644);
  }

  private void writeRpmFiles() throws IOException {
    copyFile("CHANGELOG.md", "rpm/usr/share/doc/jvault/CHANGELOG.md");
    copyFile("LICENSE", "rpm/usr/share/licenses/jvault/LICENSE");
  }

  private void copyFile(String from, String to) throws IOException {
    write(stage.resolve(to), Files.readAllBytes(project.resolve(from)), 0644);
  }

  private void writeScripts() throws IOException {
    Path source = project.resolve("packaging/src");
    values.put("VERSIONS", values.fill(source.resolve("scripts/versions.sh")));
    for (String script : List.of("control", "preinst", "postinst", "prerm", "postrm")) {
      Path file = source.resolve("deb").resolve(script);
      write(stage.resolve("scripts/deb").resolve(script), bytes(values.fill(file)), 0755);
    }
    for (String script : List.of("pre", "posttrans", "preun", "postun")) {
      Path file = source.resolve("rpm").resolve(script);
      write(stage.resolve("scripts/rpm").resolve(script), bytes(values.fill(file)), 0644);
    }
  }

  /** Copies a tree with its links and modes, except the AOT caches. */
  private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path source : (Iterable<Path>) all::iterator) {
        Path relative = from.relativize(source);
        if (wanted.test(relative)
            && !relative.toString().matches("lib/jvault/[^/]+/lib/aot(/.*)?")) {
          Path target = to.resolve(relative.toString());
          Files.createDirectories(target.getParent());
          Files.copy(source, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void write(Path file, byte[] content, int mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    String letters = mode == 0755 ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(letters));
  }

  /** What {@code gzip -9n} writes: without a name and a time, and marked as compressed most. */
  private static byte[] gzip(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2, 3});
    try (OutputStream deflated =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      deflated.write(content);
    }
    var checksum = new CRC32();
    checksum.update(content);
    for (long number : new long[] {checksum.getValue(), content.length}) {
      for (int shift = 0; shift < 32; shift += 8) {
        out.write((int) (number >> shift));
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
