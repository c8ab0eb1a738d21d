package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HiddenCallersTest {
  @TempDir private Path proc;

  @Test
  void programsOfThisUserAreSeenHere() {
    assertThat(SocketHolders.hidden()).isFalse();
  }

  @Test
  void aContainerOfTheUserHidesNothing() throws IOException {
    map("0 1000 1\n");
    Files.createSymbolicLink(folder("7").resolve("ns/user"), Path.of("user:[4026531837]"));
    assertThat(SocketHolders.hidden(proc, Optional.of(7L))).isFalse();
  }

  @Test
  void aSystemThatDoesNotTellHidesNothing() {
    assertThat(SocketHolders.hidden(proc, Optional.of(7L))).isFalse();
    assertThat(SocketHolders.hidden(proc, Optional.empty())).isFalse();
  }

  private void map(String content) throws IOException {
    Files.writeString(folder("self").resolve("uid_map"), content);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(proc.resolve(name).resolve("ns")).resolveSibling("");
  }
}
