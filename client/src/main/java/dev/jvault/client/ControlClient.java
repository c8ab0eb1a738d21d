package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Speaks HTTP/1.1 on the control socket, one connection for each request. Written by hand, because
 * the JDK's HTTP client takes half a second to start and has no Unix domain sockets.
 */
final class ControlClient {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String TEXT = "Content-Type: text/plain; charset=utf-8";
  private static final byte[] NOTHING = {};

  private final Invocation invocation;
  private final MemoryClosing memory;
  private final ControlSocket socket;
  private final ResponseWait wait;

  /** The memory is closed before a response is read, and so before a question is answered. */
  ControlClient(Invocation invocation, MemoryClosing memory, ResponseWait wait) {
    this.invocation = invocation;
    this.memory = memory;
    this.wait = wait;
    this.socket = new ControlSocket(invocation);
  }

  /**
   * Sends a verb.
   *
   * @throws JvaultException if the daemon refuses or speaks another protocol
   */
  Response verb(String verb, Form form) throws NoDaemonException {
    return understood(anyVersion(verb, form));
  }

  /** Sends a verb to a daemon of any version; the response may be a refusal. */
  Response anyVersion(String verb, Form form) throws NoDaemonException {
    return exchange("POST", Routes.VERBS + verb, FORM, form.bytes());
  }

  /** Asks a daemon of any version who it is; see {@link Routes#DAEMON}. */
  Response daemon() throws NoDaemonException {
    return exchange("GET", Routes.DAEMON, TEXT, NOTHING);
  }

  /**
   * Sends the user's answer to a question.
   *
   * @param number the question's, as the daemon gave it; may be empty
   */
  Response answer(String conversation, String number, byte[] answer) throws NoDaemonException {
    return understood(
        exchange("POST", Routes.CONVERSATIONS + conversation, numbered(number), answer));
  }

  /**
   * Waits until a question is closed.
   *
   * @return whether the daemon has withdrawn it
   * @throws JvaultException if the daemon stops
   */
  boolean withdrawn(String conversation, String number) throws NoDaemonException {
    Response end = exchange("GET", Routes.CONVERSATIONS + conversation, numbered(number), NOTHING);
    if (end.errorCode() == ErrorCode.STOPPING) {
      throw new JvaultException(ExitCode.DAEMON, ErrorCode.STOPPING, end.text().strip());
    }
    return end.errorCode() == ErrorCode.QUESTION_WITHDRAWN;
  }

  /** Tells the daemon that its question gets no answer. */
  void giveUp(String conversation) throws NoDaemonException {
    exchange("DELETE", Routes.CONVERSATIONS + conversation, TEXT, NOTHING);
  }

  /** Whether a daemon listens on the socket. */
  boolean daemonListens() {
    try (SocketChannel channel = socket.connect()) {
      return channel.isConnected();
    } catch (NoDaemonException | IOException _) {
      return false;
    }
  }

  /** The failure if the daemon that sent this response speaks another protocol. */
  JvaultException otherVersion(Response response) {
    String theirs = response.header(Routes.PROGRAM);
    return new JvaultException(
        ExitCode.DAEMON,
        ErrorCode.PROTOCOL_MISMATCH,
        "The running daemon is jvault "
            + (theirs.isEmpty() ? "of an unknown version" : theirs)
            + " and this is jvault "
            + invocation.program()
            + ", which do not understand each other; run `jvault stop`, then try again.");
  }

  private static String numbered(String number) {
    return number.isEmpty() ? TEXT : TEXT + "\r\n" + Routes.QUESTION_NUMBER + ": " + number;
  }

  private Response understood(Response response) {
    if (!response.speaksOurProtocol()) {
      throw otherVersion(response);
    }
    if (response.status() != 200 && response.status() != 202) {
      throw new JvaultException(ExitCode.DAEMON, response.errorCode(), response.text().strip());
    }
    return response;
  }

  private Response exchange(String method, String path, String headers, byte[] body)
      throws NoDaemonException {
    return wait.await(
        () -> sent(method, path, headers, body), () -> sent("GET", Routes.DAEMON, TEXT, NOTHING));
  }

  private Response sent(String method, String path, String headers, byte[] body)
      throws NoDaemonException {
    try (SocketChannel channel = socket.connect()) {
      InputStream response = send(channel, method, path, headers, body);
      memory.await();
      return new ResponseReader(response).read();
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The daemon ended or closed the connection before it had answered; see `jvault log`, then"
              + " try again.",
          e);
    }
  }

  private InputStream send(
      SocketChannel channel, String method, String path, String headers, byte[] body)
      throws IOException {
    String head =
        (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n")
            + (Routes.PROTOCOL + ": " + ProtocolVersion.CURRENT + "\r\n")
            + (Routes.PROGRAM + ": " + invocation.program() + "\r\n")
            + (headers + "\r\nContent-Length: " + body.length + "\r\n")
            + "Connection: close\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = ByteBuffer.allocate(headBytes.length + body.length);
    request.put(headBytes).put(body).flip();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return new BufferedInputStream(Channels.newInputStream(channel));
  }
}
