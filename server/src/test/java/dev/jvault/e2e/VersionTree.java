package dev.jvault.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A copy of the packaged program that says it is of another version: the same classes with another
 * version in them, without AOT caches.
 */
final class VersionTree {
  private VersionTree() {}

  /** The version of the packaged program. */
  static String packaged() throws IOException {
    return Files.readSymbolicLink(current()).toString();
  }

  /** Copies the packaged program as it is. */
  static void copy(Path tree) throws Exception {
    Path packaged = current().resolve("../../..").normalize();
    run("cp", "-a", packaged + "/.", Files.createDirectories(tree).toString());
  }

  /** A version whose name is as long as that of the packaged program. */
  static String other(int number) throws IOException {
    String packaged = packaged();
    return packaged.substring(0, packaged.length() - 1) + number;
  }

  /** Makes a tree of another version, whose name has as many letters. */
  static void make(Path tree, String version) throws Exception {
    String old = packaged();
    copy(tree);
    Path program = tree.resolve("lib/jvault").resolve(version);
    Files.move(tree.resolve("lib/jvault").resolve(old), program);
    Files.delete(tree.resolve("lib/jvault/current"));
    Files.createSymbolicLink(tree.resolve("lib/jvault/current"), Path.of(version));
    run("rm", "-rf", program.resolve("lib/aot").toString());
    Path lib = program.resolve("lib");
    replace(lib.resolve("version"), version + "\n");
    for (String module : List.of("client", "server")) {
      Path list = lib.resolve(module + ".jars");
      replace(list, Files.readString(list).replaceAll("(jvault-\\w+-)[^/]*\\.jar", "$1X.jar"));
      Path jar = lib.resolve(module).resolve("jvault-" + module + "-" + old + ".jar");
      rewrite(jar, jar.resolveSibling("jvault-" + module + "-X.jar"), old, version);
    }
    list(tree, program);
  }

  private static void rewrite(Path jar, Path to, String old, String version) throws IOException {
    try (var in = new ZipInputStream(Files.newInputStream(jar));
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var content = new ByteArrayOutputStream();
        in.transferTo(content);
        String text = content.toString(StandardCharsets.ISO_8859_1);
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(text.replace(old, version).getBytes(StandardCharsets.ISO_8859_1));
        out.closeEntry();
      }
    }
    Files.delete(jar);
  }

  /** Writes the list of the program's files as the build does. */
  private static void list(Path tree, Path program) throws IOException {
    Files.deleteIfExists(program.resolve("files"));
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
    Files.writeString(program.resolve("files"), lines);
  }

  private static void replace(Path file, String text) throws IOException {
    Files.delete(file);
    Files.writeString(file, text);
  }

  /** Runs a command that must succeed. */
  static void run(String... command) throws Exception {
    var words = new ArrayList<>(List.of(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(words + ": " + output);
    }
  }

  private static Path current() {
    return Path.of(Jvault.program(), "../../lib/jvault/current").normalize();
  }
}
