package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class PortListenersTest {
  @Test
  void namesTheListeningProcess() throws IOException {
    int port = FreePort.next();
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortListeners.holder(port))
          .contains("java (pid " + ProcessHandle.current().pid() + ")");
      assertThat(PortListeners.ownDescriptors(port)).hasSize(1);
    }
    assertThat(PortListeners.holder(port)).isEmpty();
    assertThat(PortListeners.ownDescriptors(port)).isEmpty();
  }

  @Test
  void seesConnectionsThatNobodyHasAccepted() throws IOException {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = listener.getLocalPort();
      assertThat(PortListeners.hasQueue(port)).isFalse();
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(PortListeners.hasQueue(port)).isTrue();
        try (Socket accepted = listener.accept()) {
          assertThat(accepted.isConnected()).isTrue();
          assertThat(PortListeners.hasQueue(port)).isFalse();
        }
      }
    }
  }
}
