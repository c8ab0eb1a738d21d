package dev.jvault.demo;

import dev.jvault.files.OwnerFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A temporary home folder; closing it deletes it with its contents. */
final class DemoHome implements AutoCloseable {
  private final Path folder;

  private DemoHome(Path folder) {
    this.folder = folder;
  }

  /** Creates one. Its name is short because the path of a socket must be. */
  static DemoHome make() throws IOException {
    var home = new DemoHome(Files.createTempDirectory("jvdemo"));
    OwnerFiles.folder(home.folder.resolve(".aws"));
    return home;
  }

  Path folder() {
    return folder;
  }

  Path config() {
    return folder.resolve(".aws/config");
  }

  Path jvault() {
    return folder.resolve("jvault");
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      // The daemon is still removing its own files.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
