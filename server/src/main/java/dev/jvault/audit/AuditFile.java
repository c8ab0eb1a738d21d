package dev.jvault.audit;

import dev.jvault.files.RotatingFile;
import dev.jvault.protocol.JvaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private @Nullable RotatingFile out;
  private @Nullable Object key;
  private boolean closed;
  private long lost;
  private volatile @Nullable String trouble;

  AuditFile(Path path) {
    this.path = path;
  }

  /** Writes a line; counts it as lost if that fails. */
  void append(String line) {
    lock.lock();
    try {
      if (!closed) {
        opened().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        recovered();
      }
    } catch (IOException | JvaultException e) {
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
      abandon();
    } finally {
      lock.unlock();
    }
  }

  private RotatingFile opened() throws IOException {
    RotatingFile known = out;
    if (known != null && Objects.equals(key(), key)) {
      return known;
    }
    // This is the first line, or there was a failure or a rotation, or the file was removed.
    abandon();
    var fresh = new RotatingFile(path, OLD);
    out = fresh;
    key = key();
    if (torn()) {
      fresh.write('\n');
    }
    return fresh;
  }

  /** Identifies the file, to notice when another one has taken its name. */
  private @Nullable Object key() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException _) {
      return null;
    }
  }

  /** Whether the last line is incomplete, as after a crash or on a full disk. */
  private boolean torn() throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      if (file.length() == 0) {
        return false;
      }
      file.seek(file.length() - 1);
      return file.read() != '\n';
    }
  }

  private void recovered() {
    if (lost > 0) {
      LOG.warn("event=audit_written_again lost={}", lost);
      lost = 0;
      trouble = null;
    }
  }

  private void failed(Exception e) {
    String reason =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(e.getMessage());
    lost++;
    if (lost == 1) {
      LOG.error("event=audit_not_written file={} error=\"{}\"", path, reason);
    }
    trouble = "audit entries missing in " + path + ": " + lost + " (" + reason + ")";
    abandon();
  }

  private void abandon() {
    RotatingFile known = out;
    out = null;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        LOG.debug("event=audit_not_closed error=\"{}\"", e.getMessage());
      }
    }
  }
}
