import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assembles the packaged program: the launcher, the jars and a linked Java runtime, in one folder
 * that can be moved anywhere or copied into a prefix such as {@code /usr}. The build runs this
 * source file with the JDK whose runtime is linked.
 *
 * <p>All that a running program reads is read-only and lies in {@code lib/jvault/VERSION}; the link
 * {@code lib/jvault/current} chooses the version, so that an upgrade leaves the files of a running
 * daemon alone. The list {@code lib/jvault/VERSION/files} names each file of the folder except
 * itself, with its size, so that an installation can be checked and removed.
 *
 * <p>The folder is built under another name and then renamed, so that a failed build leaves the old
 * program intact and a daemon that runs from it keeps its open files.
 */
final class Assemble {
  /**
   * The modules that the program needs; the client uses java.base alone.
   *
   * <p>logging, management, naming and xml: Jetty, Javalin and the SDK's parser of STS responses.
   * jdk.net: the peer of a Unix socket. jdk.security.auth: D-Bus authentication. jdk.unsupported:
   * Caffeine and D-Bus. jdk.httpserver: the redirect of the browser after a login to IAM Identity
   * Center, and the stand-in for STS in the demonstration.
   */
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.xml,"
          + "jdk.httpserver,jdk.net,jdk.security.auth,jdk.unsupported";

  private final Path project;
  private final String version;

  /** In the form of ISO 8601; it is in what is generated, in place of the time of day. */
  private final String time;

  private final Path tree;

  /** The folder of this version, below the tree. */
  private final Path program;

  private final Path lib;

  /** Where each jar of the build is in the program, relative to lib. */
  private final Map<Path, String> places = new HashMap<>();

  private Assemble(Path project, String version, String time, Path tree) {
    this.project = project;
    this.version = version;
    this.time = time;
    this.tree = tree;
    program = tree.resolve("lib/jvault").resolve(version);
    lib = program.resolve("lib");
  }

  /** Takes three arguments: the project's folder, the program's version, the time of the build. */
  static void main(String[] arguments) throws IOException, InterruptedException {
    Path project = Path.of(arguments[0]).toRealPath();
    Path target = Files.createDirectories(project.resolve("target"));
    Path fresh = target.resolve("jvault.new");
    delete(fresh);
    new Assemble(project, arguments[1], arguments[2], fresh).assemble();
    swap(fresh, target.resolve("jvault"), target.resolve("jvault.old"));
  }

  private void assemble() throws IOException, InterruptedException {
    Files.createDirectories(lib);
    copyLauncher();
    copyJars("client");
    copyJars("server");
    linkRuntime();
    writeReference();
    Files.writeString(lib.resolve("version"), version + "\n");
    copyDocuments();
    makeLinks();
    trainCaches();
    setPermissions();
    listFiles();
  }

  private void makeLinks() throws IOException {
    Files.createSymbolicLink(program.resolveSibling("current"), Path.of(version));
    Files.createSymbolicLink(
        Files.createDirectories(tree.resolve("bin")).resolve("jvault"),
        Path.of("../lib/jvault/current/bin/jvault"));
  }

  private void copyDocuments() throws IOException {
    Path folder = Files.createDirectories(tree.resolve("share/doc/jvault"));
    for (String name : List.of("LICENSE", "CHANGELOG.md")) {
      Files.copy(project.resolve(name), folder.resolve(name));
    }
  }

  /**
   * Lets every user read all, whatever the builder's umask. The files of this version get
   * read-only, so that `cp` over them fails and does not truncate what a running daemon has mapped.
   */
  private void setPermissions() throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        String write = path.startsWith(program) ? "-" : "w";
        String permissions =
            Files.isDirectory(path)
                ? "rwxr-xr-x"
                : Files.isExecutable(path) ? "r" + write + "xr-xr-x" : "r" + write + "-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
      }
    }
  }

  /**
   * Writes one line for each file, {@code SIZE PATH} or {@code link PATH}, in order of the paths.
   */
  private void listFiles() throws IOException {
    var lines = new StringBuilder();
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted().toList()) {
        if (Files.isSymbolicLink(path)) {
          lines.append("link ").append(tree.relativize(path)).append('\n');
        } else if (Files.isRegularFile(path)) {
          lines.append(Files.size(path)).append(' ').append(tree.relativize(path)).append('\n');
        }
      }
    }
    Path list = Files.writeString(program.resolve("files"), lines);
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("r--r--r--"));
  }

  /** The caches differ from run to run; nothing else in the program does. */
  private void trainCaches() throws IOException, InterruptedException {
    if (new ProcessBuilder(lib.resolve("train").toString()).inheritIO().start().waitFor() != 0) {
      throw new IOException("the AOT caches cannot be made");
    }
  }

  /**
   * Copies the command, beside the jars the part of it that it reads to start a JVM, and the
   * scripts that install all this and make the AOT caches.
   */
  private void copyLauncher() throws IOException {
    Path source = project.resolve("client/src/main/launcher");
    copyScript(source, "jvault", Files.createDirectories(program.resolve("bin")));
    Files.copy(source.resolve("jvm.bash"), lib.resolve("jvm.bash"));
    copyScript(source, "train", lib);
    copyScript(source, "install.sh", program);
  }

  private static void copyScript(Path from, String name, Path to) throws IOException {
    Files.copy(from.resolve(name), to.resolve(name));
    Files.setPosixFilePermissions(to.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Copies a module's jars, except those that the other module has brought already, and lists them
   * for the launcher in class path order, the module's own jar first.
   */
  private void copyJars(String module) throws IOException {
    Files.createDirectories(lib.resolve(module));
    for (Path jar : jars(module)) {
      String place = places.get(jar);
      if (place == null) {
        place = module + "/" + jar.getFileName();
        Files.copy(jar, lib.resolve(place));
        places.put(jar, place);
      }
      Files.writeString(lib.resolve(module + ".jars"), place + "\n", CREATE, APPEND);
    }
  }

  private List<Path> jars(String module) throws IOException {
    Path target = project.resolve(module).resolve("target");
    Path own = target.resolve("jvault-" + module + "-" + version + ".jar");
    String others = Files.readString(target.resolve("runtime.classpath")).strip();
    return Stream.concat(Stream.of(own), Stream.of(others.split(":")).map(Path::of)).toList();
  }

  private void linkRuntime() throws IOException {
    Path runtime = lib.resolve("runtime");
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this JDK has no jlink: install a whole JDK"));
    int status =
        jlink.run(
            System.out,
            System.err,
            "--add-modules=" + MODULES,
            "--strip-debug",
            // jlink runs this plugin before or after the one that strips, as it happens, and so two
            // builds would differ. The AOT caches have what it would generate.
            "--disable-plugin=generate-jli-classes",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-6",
            "--output=" + runtime);
    if (status != 0) {
      throw new IOException("jlink ended with status " + status);
    }
    try (var commands =
        Files.newDirectoryStream(runtime.resolve("bin"), c -> !c.endsWith("java"))) {
      for (Path command : commands) {
        Files.delete(command);
      }
    }
  }

  /** Lets the client write what is generated from its table of verbs. */
  private void writeReference() throws IOException, InterruptedException {
    String jars =
        Files.readAllLines(lib.resolve("client.jars")).stream()
            .map(jar -> lib.resolve(jar).toString())
            .collect(Collectors.joining(":"));
    Process writer =
        new ProcessBuilder(
                lib.resolve("runtime/bin/java").toString(),
                "-cp",
                jars,
                "dev.jvault.reference.Main",
                lib.toString(),
                tree.resolve("share").toString(),
                project.toString(),
                time)
            .inheritIO()
            .start();
    if (writer.waitFor() != 0) {
      throw new IOException("the files from the table of verbs cannot be written");
    }
  }

  private static void swap(Path fresh, Path place, Path old) throws IOException {
    delete(old);
    if (Files.exists(place)) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
