package dev.jvault.peer;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SocketHoldersTest {
  @TempDir private Path proc;

  @Test
  void areTheProcessesWithALinkToTheSocketTheYoungestFirst() throws IOException {
    process(9, "usr/bin/nine", "socket:[77]");
    process(10, "usr/bin/ten", "pipe:[1]", "socket:[77]");
    process(1200, "usr/bin/other", "socket:[777]", "socket:[7]", "pipe:[77]");
    SocketHolders holders = holders();

    assertThat(holders.firstAnd(peer(77), _ -> true))
        .containsExactly(new PeerProcess(10, "usr/bin/ten"), new PeerProcess(9, "usr/bin/nine"));
    assertThat(holders.first(peer(77))).hasValue(new PeerProcess(10, "usr/bin/ten"));
    assertThat(holders.first(peer(78))).isEmpty();
    assertThat(holders.firstAnd(peer(77, 7), _ -> true))
        .extracting(PeerProcess::pid)
        .containsExactly(1200L, 10L, 9L);
  }

  @Test
  void areTheYoungestAndThenOnlyThoseOfTheKind() throws IOException {
    process(7, "", "socket:[77]");
    Files.writeString(proc.resolve("7/comm"), "bash");
    process(8, "", "socket:[77]");
    Files.writeString(proc.resolve("8/comm"), "sshd");
    process(9, "usr/bin/bash", "socket:[77]");
    process(10, "usr/bin/ssh", "socket:[77]");
    process(11, "usr/bin/ssh", "socket:[78]");
    process(12, "usr/bin/git", "socket:[77]");

    assertThat(holders().firstAnd(peer(77), process -> process.program().startsWith("ssh")))
        .containsExactly(
            new PeerProcess(12, "usr/bin/git"),
            new PeerProcess(10, "usr/bin/ssh"),
            new PeerProcess(8, "sshd"));
  }

  @Test
  void haveTheKernelsNameIfTheirProgramCannotBeRead() throws IOException {
    process(10, "", "socket:[77]");
    assertThat(holders().firstAnd(peer(77), _ -> true)).containsExactly(new PeerProcess(10, ""));

    Files.write(proc.resolve("10/comm"), new byte[] {'a', (byte) 0xff, ' ', '\n'});
    assertThat(holders().firstAnd(peer(77), _ -> true))
        .containsExactly(new PeerProcess(10, "a\ufffd"));
  }

  @Test
  void ignoreOtherFilesAndEndedProcesses() throws IOException {
    process(10, "usr/bin/ten", "socket:[77]");
    Files.createDirectories(proc.resolve("net/fd"));
    Files.createDirectories(proc.resolve("99999999999999999999/fd"));
    Files.createDirectories(proc.resolve("11"));
    Files.createDirectories(proc.resolve("12/fd"));
    Files.writeString(proc.resolve("12/fd/0"), "no link");

    assertThat(holders().firstAnd(peer(77), _ -> true)).hasSize(1);
  }

  @Test
  void cannotBeFoundWithoutTheFolder() {
    var nowhere = new SocketHolders(proc.resolve("nowhere"));
    assertThat(nowhere.canTell()).isFalse();
    assertThat(nowhere.first(peer(77))).isEmpty();
    assertThat(nowhere.firstAnd(peer(77), _ -> true)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void areThisProcessForItsOwnConnection() throws IOException {
    var holders = SocketHolders.ofThisSystem();
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = PeerLookup.ofThisSystem()) {
      Peer peer = lookup.peer(connection.clientEnd(), connection.serverEnd()).orElseThrow();
      var self = new PeerProcess(ProcessHandle.current().pid(), java().toString());

      assertThat(holders.canTell()).isTrue();
      assertThat(holders.first(peer)).hasValue(self);
      assertThat(holders.firstAnd(peer, _ -> true)).containsExactly(self);
      connection.client.close();
      assertThat(holders.firstAnd(peer, _ -> true)).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void areTheCommandThatConnected() throws IOException {
    try (var listener = ServerSocketChannel.open();
        PeerLookup lookup = PeerLookup.ofThisSystem()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Process command = Connects.to((InetSocketAddress) listener.getLocalAddress());
      try (SocketChannel accepted = listener.accept()) {
        Peer peer =
            lookup
                .peer(
                    (InetSocketAddress) accepted.getRemoteAddress(),
                    (InetSocketAddress) accepted.getLocalAddress())
                .orElseThrow();

        assertThat(SocketHolders.ofThisSystem().first(peer))
            .hasValue(new PeerProcess(command.pid(), java().toString()));
        command.destroyForcibly();
        Awaitility.await()
            .untilAsserted(
                () -> assertThat(SocketHolders.ofThisSystem().firstAnd(peer, _ -> true)).isEmpty());
      } finally {
        command.destroyForcibly();
      }
    }
  }

  private static Path java() throws IOException {
    return Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
  }

  private SocketHolders holders() throws IOException {
    Files.createDirectories(proc.resolve("self/fd"));
    return new SocketHolders(proc);
  }

  private void process(long pid, String executable, String... open) throws IOException {
    Path descriptors = Files.createDirectories(proc.resolve(pid + "/fd"));
    for (int i = 0; i < open.length; i++) {
      Files.createSymbolicLink(descriptors.resolve(Integer.toString(i)), Path.of(open[i]));
    }
    if (!executable.isEmpty()) {
      Files.createSymbolicLink(proc.resolve(pid + "/exe"), Path.of(executable));
    }
  }

  private static Peer peer(Integer... inodes) {
    return new Peer(1000, Stream.of(inodes).map(Long::valueOf).collect(Collectors.toSet()));
  }

  /** A program that connects and then waits until its input ends. */
  static final class Connects {
    private Connects() {}

    static Process to(InetSocketAddress server) throws IOException {
      return new ProcessBuilder(
              List.of(
                  java().toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Connects.class.getName(),
                  Integer.toString(server.getPort())))
          .inheritIO()
          .redirectInput(ProcessBuilder.Redirect.PIPE)
          .start();
    }

    public static void main(String[] arguments) throws IOException {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
        System.in.read();
      }
    }
  }
}
