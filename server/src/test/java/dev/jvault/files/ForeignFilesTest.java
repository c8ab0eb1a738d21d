package dev.jvault.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.files.FileUnusableException.Fault;
import dev.jvault.testing.Attack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ForeignFilesTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path folder;

  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicInteger opens = new AtomicInteger();

  @AfterEach
  void endHangingLooks() {
    release.countDown();
  }

  @Test
  void aRegularFileIsReadThroughALink() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(new ForeignFiles().read(link, 7)).isEqualTo("content".getBytes(UTF_8));
  }

  @Test
  @Attack("regular-files")
  void aPipeIsRefusedWithoutOpeningIt() throws Exception {
    assertThatThrownBy(() -> new ForeignFiles().read(pipe("pipe"), 10))
        .isInstanceOfSatisfying(
            FileUnusableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_REGULAR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/random", "/dev/tty", "/dev/null"})
  @Attack("regular-files")
  void aDeviceIsRefused(Path device) {
    assertThatThrownBy(() -> new ForeignFiles().read(device, 10))
        .isInstanceOfSatisfying(
            FileUnusableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_REGULAR));
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> new ForeignFiles().read(folder, 10))
        .isInstanceOfSatisfying(
            FileUnusableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DIRECTORY));
  }

  @Test
  @Attack("regular-files")
  void aFileThatGrowsForEverIsTooLarge() throws Exception {
    Path file = Files.createFile(folder.resolve("growing"));
    var files = new ForeignFiles(ForeignFiles.LIMIT, 1, _ -> new Endless());
    assertThatThrownBy(() -> files.read(file, 1000))
        .isInstanceOfSatisfying(
            FileUnusableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_LARGE));
  }

  @Test
  void aMissingFileIsMissing() {
    assertThatThrownBy(() -> new ForeignFiles().read(folder.resolve("none"), 10))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** Really hangs in the system: the pipe takes the file's place after the check. */
  @Test
  @Attack("regular-files")
  void aPipeThatReplacesTheFileAfterTheCheckHasATimeLimit() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    var files =
        new ForeignFiles(
            SHORT,
            1,
            path -> {
              Files.delete(path);
              pipe("file");
              return Files.newInputStream(path);
            });
    try {
      assertThatThrownBy(() -> files.read(file, 10))
          .isInstanceOfSatisfying(
              FileUnusableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_ANSWER));
    } finally {
      Files.newOutputStream(file).close();
    }
  }

  @Test
  void whileAPathHangsItsOtherCallersFailAtOnceAndOpenNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    var files = new ForeignFiles(SHORT, 4, this::hang);
    for (int caller = 0; caller < 20; caller++) {
      assertThatThrownBy(() -> files.read(file, 10)).isInstanceOf(FileUnusableException.class);
    }
    assertThat(opens).hasValue(1);
  }

  @Test
  void aPathThatAnswersAgainIsReadAgain() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    var files = new ForeignFiles(SHORT, 1, this::hang);
    assertThatThrownBy(() -> files.read(file, 10)).isInstanceOf(FileUnusableException.class);
    release.countDown();
    byte[] content = null;
    while (content == null) {
      try {
        content = files.read(file, 10);
      } catch (FileUnusableException _) {
        Thread.onSpinWait();
      }
    }
    assertThat(content).isEmpty();
  }

  /** As many hanging files as a config can name: no thread is left, and none is added. */
  @Test
  @Attack("regular-files")
  void hangingPathsTakeNoMoreThreadsThanTheLimit() throws Exception {
    var files = new ForeignFiles(SHORT, 2, this::hang);
    for (int number = 0; number < 10; number++) {
      Path file = Files.createFile(folder.resolve("file-" + number));
      assertThatThrownBy(() -> files.read(file, 10)).isInstanceOf(FileUnusableException.class);
    }
    assertThat(opens).hasValue(2);
  }

  @Test
  void aHangingPathKeepsNobodyFromAnother() throws Exception {
    Path hanging = Files.createFile(folder.resolve("hanging"));
    Path good = Files.writeString(folder.resolve("good"), "good");
    var files =
        new ForeignFiles(
            Duration.ofSeconds(30),
            2,
            path -> path.equals(hanging) ? hang(path) : Files.newInputStream(path));
    Thread caller = Thread.ofVirtual().start(() -> ignore(() -> files.read(hanging, 10)));
    opened.await();
    assertThat(files.read(good, 10)).isEqualTo("good".getBytes(UTF_8));
    caller.interrupt();
    caller.join();
  }

  /** Carriers of virtual threads are as few as processors: none may wait in the system. */
  @Test
  @Attack("regular-files")
  void moreHangingPathsThanProcessorsLeaveVirtualThreadsRunning() throws Exception {
    int many = Runtime.getRuntime().availableProcessors() + 2;
    Set<Path> paths = ConcurrentHashMap.newKeySet();
    var files =
        new ForeignFiles(
            Duration.ofSeconds(30),
            many,
            path -> {
              paths.add(path);
              opens.incrementAndGet();
              pipe(path.getFileName() + ".pipe");
              return Files.newInputStream(path.resolveSibling(path.getFileName() + ".pipe"));
            });
    List<Path> hanging =
        IntStream.range(0, many).mapToObj(number -> folder.resolve("file-" + number)).toList();
    for (Path file : hanging) {
      Files.createFile(file);
    }
    List<Thread> callers =
        hanging.stream()
            .map(file -> Thread.ofVirtual().start(() -> ignore(() -> files.read(file, 10))))
            .toList();
    while (opens.get() < many) {
      Thread.onSpinWait();
    }
    var ran = new CountDownLatch(1);
    Thread.ofVirtual().start(ran::countDown);
    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    for (Path file : hanging) {
      Files.newOutputStream(file.resolveSibling(file.getFileName() + ".pipe")).close();
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  @Test
  void anInterruptedCallerWaitsNoLonger() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    var files = new ForeignFiles(Duration.ofHours(1), 1, this::hang);
    var failure = new java.util.concurrent.CompletableFuture<IOException>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                files.read(file, 10);
              } catch (IOException e) {
                failure.complete(e);
              }
            });
    opened.await();
    caller.interrupt();
    assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
  }

  private InputStream hang(Path path) throws IOException {
    opens.incrementAndGet();
    opened.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return new ByteArrayInputStream(new byte[0]);
  }

  private Path pipe(String name) throws IOException {
    Path pipe = folder.resolve(name);
    try {
      int status = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
      assertThat(status).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return pipe;
  }

  private static void ignore(java.util.concurrent.Callable<?> call) {
    try {
      call.call();
    } catch (Exception _) {
      // The test does not ask for the result.
    }
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }
}
