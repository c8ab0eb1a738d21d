package dev.jvault.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Who was given which credentials: a file of JSON lines, its owner's alone, set aside at a mebibyte
 * with five old ones. The first hand-out to a client is written at once, further ones within five
 * minutes are counted and written as one line. Nothing here fails or waits for a hand-out: what
 * cannot be written is lost, logged once and told by {@link #trouble}. Safe for many threads.
 */
public final class AuditLog implements AutoCloseable {
  private final AuditFile file;
  private final InstantSource clock;
  private final AuditWindows windows = new AuditWindows();

  /**
   * An audit in a file, which is made with the first line.
   *
   * @param clock the one that the times of hand-outs are of
   */
  public AuditLog(Path file, InstantSource clock) {
    this.file = new AuditFile(file);
    this.clock = clock;
  }

  /** Takes down a hand-out. */
  public void record(Issuance issuance) {
    write(windows.add(issuance));
  }

  /** Writes what was counted for clients whose five minutes are over; to be called now and then. */
  public void flush() {
    write(windows.ended(clock.instant()));
  }

  /** Why hand-outs are missing from the file; empty when nothing is wrong. */
  public Optional<String> trouble() {
    return file.trouble();
  }

  /**
   * The entries that fit, the oldest first, with those that are counted and not yet written. Lines
   * that cannot be read are passed over.
   *
   * @throws IOException where the files cannot be read
   */
  public List<AuditEntry> read(AuditFilter filter) throws IOException {
    Deque<AuditEntry> newest = new ArrayDeque<>();
    List<AuditEntry> counted = windows.counted();
    file.read(line -> AuditJson.read(line).ifPresent(entry -> keep(entry, filter, newest)));
    counted.forEach(entry -> keep(entry, filter, newest));
    return newest.stream().sorted(Comparator.comparing(entry -> entry.issuance().time())).toList();
  }

  /** Writes what was counted, and ends. */
  @Override
  public void close() {
    write(windows.close());
    file.close();
  }

  private void write(List<AuditEntry> entries) {
    entries.forEach(entry -> file.append(AuditJson.line(entry)));
  }

  private static void keep(AuditEntry entry, AuditFilter filter, Deque<AuditEntry> newest) {
    if (filter.takes(entry)) {
      newest.add(entry);
      if (newest.size() > filter.most()) {
        newest.removeFirst();
      }
    }
  }
}
