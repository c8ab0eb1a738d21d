package dev.jvault.linklocal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Probes with plain sockets: no proxy and no name lookup. */
final class SocketAddressProbe implements AddressProbe {
  private static final int CONNECT_MILLIS = 300;
  private static final int READ_MILLIS = 2000;
  private static final int STATUS_LINE = "HTTP/1.1 200".length();

  @Override
  public boolean connects(LinkLocalAddress address) {
    try (var socket = connected(address)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public boolean answers(LinkLocalAddress address) {
    boolean imds = address == LinkLocalAddress.IMDS;
    String request =
        (imds ? "PUT /latest/api/token" : "GET /v1/credentials")
            + (" HTTP/1.1\r\nHost: " + address.host() + "\r\n")
            + (imds ? "X-aws-ec2-metadata-token-ttl-seconds: 60\r\nContent-Length: 0\r\n" : "")
            + "Connection: close\r\n\r\n";
    try (var socket = connected(address)) {
      socket.setSoTimeout(READ_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(STATUS_LINE);
      String status = new String(start, StandardCharsets.US_ASCII);
      return status.endsWith(imds ? " 200" : " 401");
    } catch (IOException _) {
      return false;
    }
  }

  private static Socket connected(LinkLocalAddress address) throws IOException {
    var socket = new Socket(Proxy.NO_PROXY);
    try {
      var target = new InetSocketAddress(InetAddress.ofLiteral(address.text()), 80);
      socket.connect(target, CONNECT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
