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
 * Which credentials were issued to whom: a file of JSON lines, readable by its owner only, rotated
 * at one mebibyte with five old files. The first issuance to a client is written at once; further
 * ones within five minutes are counted and written as one line. An issuance never fails or waits
 * because of the audit: a line that cannot be written is lost, logged once and reported by {@link
 * #trouble}. Safe for many threads.
 */
public final class AuditLog implements AutoCloseable {
  private final AuditFile file;
  private final InstantSource clock;
  private final AuditWindows windows = new AuditWindows();

  /**
   * An audit in a file, which the first line creates.
   *
   * @param clock the clock that dates the issuances
   */
  public AuditLog(Path file, InstantSource clock) {
    this.file = new AuditFile(file);
    this.clock = clock;
  }

  /** Records an issuance. */
  public void record(Issuance issuance) {
    write(windows.add(issuance));
  }

  /** Writes the counts of clients whose five minutes are over; call it regularly. */
  public void flush() {
    write(windows.ended(clock.instant()));
  }

  /** Why entries are missing from the file; empty if none are. */
  public Optional<String> trouble() {
    return file.trouble();
  }

  /**
   * The entries that pass the filter, the oldest first, including counts that are not yet written.
   * Skips lines that cannot be read.
   *
   * @throws IOException if the files cannot be read
   */
  public List<AuditEntry> read(AuditFilter filter) throws IOException {
    Deque<AuditEntry> newest = new ArrayDeque<>();
    List<AuditEntry> counted = windows.counted();
    file.read(line -> AuditJson.read(line).ifPresent(entry -> keep(entry, filter, newest)));
    counted.forEach(entry -> keep(entry, filter, newest));
    return newest.stream().sorted(Comparator.comparing(entry -> entry.issuance().time())).toList();
  }

  /** Writes all counts, and closes the file. */
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
