package dev.jvault.audit;

import dev.jvault.files.LineFile;
import dev.jvault.files.RotatingFile;
import dev.jvault.protocol.FileFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit file and its five predecessors. A line that cannot be written is lost and counted; the
 * next line tries again. Safe for many threads.
 */
final class AuditFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
  private static final int OLD = 5;

  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private final LineFile out;
  private boolean closed;
  private long lost;
  private volatile @Nullable String trouble;

  AuditFile(Path path) {
    this.path = path;
    this.out = new LineFile(path, OLD);
  }

  /** Writes a line; counts it as lost if that fails. */
  void append(String line) {
    lock.lock();
    try {
      if (!closed) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        recovered();
      }
    } catch (IOException e) {
      failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** Why lines are being lost, and how many; empty if the last line was written. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Passes on the lines of the old files and then those of the current one, as they are at this
   * moment: a rotation meanwhile neither hides a line nor repeats one.
   */
  void read(Consumer<String> each) throws IOException {
    List<InputStream> opened = open();
    try {
      for (InputStream file : opened) {
        var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          each.accept(line);
        }
      }
    } finally {
      for (InputStream file : opened) {
        file.close();
      }
    }
  }

  private List<InputStream> open() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    lock.lock();
    try {
      for (Path file : RotatingFile.all(path, OLD)) {
        streams.add(Files.newInputStream(file));
      }
      return streams;
    } catch (IOException e) {
      for (InputStream stream : streams) {
        stream.close();
      }
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      out.close();
    } finally {
      lock.unlock();
    }
  }

  private void recovered() {
    if (lost > 0) {
      LOG.warn("event=audit_written_again lost={}", lost);
      lost = 0;
      trouble = null;
    }
  }

  private void failed(IOException e) {
    String reason = FileFault.reason(e);
    lost++;
    if (lost == 1) {
      LOG.error("event=audit_not_written file={} error=\"{}\"", path, reason);
    }
    trouble = "audit entries missing in " + path + ": " + lost + " (" + reason + ")";
  }
}
