package dev.jvault.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrentWritesTest {
  @TempDir Path folder;

  @Test
  void manyMayReplaceTheSameFileWhileOthersClearTheFolder() throws Exception {
    Path file = folder.resolve("ready");
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 2000)
              .mapToObj(i -> CompletableFuture.runAsync(() -> touch(file, i), threads))
              .toList();
      all.forEach(CompletableFuture::join);
    }
    OwnerFiles.write(file, "last");
    assertThat(file).hasContent("last");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  private void deleteAll() {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(OwnerFiles::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void touch(Path file, int i) {
    if (i % 10 == 0) {
      deleteAll();
    } else {
      OwnerFiles.write(file, "content " + i);
    }
  }
}
