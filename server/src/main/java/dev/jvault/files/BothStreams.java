package dev.jvault.files;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes everything to two streams, one after the other; a failure of the first does not keep it
 * from the second.
 */
public final class BothStreams extends OutputStream {
  private final OutputStream first;
  private final OutputStream second;

  /** Writes to these two, which it does not close. */
  public BothStreams(OutputStream first, OutputStream second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      first.write(bytes, offset, length);
    } finally {
      second.write(bytes, offset, length);
    }
  }
}
