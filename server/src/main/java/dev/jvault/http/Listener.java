package dev.jvault.http;

/** An open listener; closing it ends its connections. */
public final class Listener implements AutoCloseable {
  private final int port;
  private final Runnable close;

  Listener(int port, Runnable close) {
    this.port = port;
    this.close = close;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    close.run();
  }
}
