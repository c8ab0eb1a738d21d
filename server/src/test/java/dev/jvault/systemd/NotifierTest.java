package dev.jvault.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jvault.protocol.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotifierTest {
  @TempDir private Path folder;

  @Test
  void tellsASocketWithAPath() throws Throwable {
    String path = folder.resolve("notify").toString();
    try (var manager = new Manager(path.getBytes(StandardCharsets.UTF_8))) {
      Notifier notifier = Notifier.of(Map.of("NOTIFY_SOCKET", path));
      notifier.ready("ready on http://127.0.0.1:9170");
      assertThat(manager.receive()).isEqualTo("READY=1\nSTATUS=ready on http://127.0.0.1:9170\n");
      notifier.alive();
      assertThat(manager.receive()).isEqualTo("WATCHDOG=1\n");
      notifier.stopping("draining");
      assertThat(manager.receive()).isEqualTo("STOPPING=1\nSTATUS=draining\n");
    }
  }

  @Test
  void tellsAnAbstractSocket() throws Throwable {
    String name = "jvault-test-" + ProcessHandle.current().pid();
    try (var manager = new Manager(("\0" + name).getBytes(StandardCharsets.UTF_8))) {
      Notifier.of(Map.of("NOTIFY_SOCKET", "@" + name)).alive();
      assertThat(manager.receive()).isEqualTo("WATCHDOG=1\n");
    }
  }

  @Test
  void tellsAStatusOnceAndInOneLine() throws Throwable {
    String path = folder.resolve("notify").toString();
    try (var manager = new Manager(path.getBytes(StandardCharsets.UTF_8))) {
      Notifier notifier = Notifier.of(Map.of("NOTIFY_SOCKET", path));
      notifier.status("waiting for you\nMAINPID=1");
      notifier.status("waiting for you\nMAINPID=1");
      notifier.status("ready");
      assertThat(manager.receive()).isEqualTo("STATUS=waiting for you MAINPID=1\n");
      assertThat(manager.receive()).isEqualTo("STATUS=ready\n");
    }
  }

  @Test
  void saysNothingIfNobodyListens() {
    assertThatCode(
            () -> {
              Notifier.of(Map.of()).ready("");
              Notifier.of(Map.of("NOTIFY_SOCKET", "")).alive();
              Notifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).alive();
              Notifier.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).alive();
              Notifier.of(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString())).alive();
            })
        .doesNotThrowAnyException();
  }

  /** The datagram socket of a service manager. */
  private static final class Manager implements AutoCloseable {
    private final int descriptor;

    Manager(byte[] name) throws Throwable {
      try (Arena arena = Arena.ofConfined()) {
        this.descriptor =
            (int)
                NativeFunction.link(
                        "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(1, 2, 0);
        MemorySegment address = RawAddress.unix(arena, name);
        int bound =
            (int)
                NativeFunction.link(
                        "bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(descriptor, address, (int) address.byteSize());
        assertThat(bound).isZero();
      }
    }

    String receive() throws Throwable {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(1_000);
        long length =
            (long)
                NativeFunction.link(
                        "recv",
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT))
                    .invokeExact(descriptor, buffer, 1_000L, 0);
        return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() {
      try {
        int _ =
            (int)
                NativeFunction.link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                    .invokeExact(descriptor);
      } catch (Throwable e) {
        throw NativeFunction.cannotHappen(e);
      }
    }
  }
}
